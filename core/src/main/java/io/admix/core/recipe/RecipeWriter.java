package io.admix.core.recipe;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a recipe in its normal form: keys in one order, numbers as plain decimals without trailing
 * zeros, defaults filled in, one spelling of each thing. Two recipes that ask for the same have the
 * same normal form. A scalar that is not quoted is a number; every text is quoted. The normal form
 * is itself a recipe.
 */
public final class RecipeWriter {
  private RecipeWriter() {}

  /**
   * The normal form. A seed that is to be drawn and a target left to the default are left out; a
   * total that was left out is the sum of the counts.
   */
  public static Node.Mapping write(Recipe recipe) {
    Keys keys = new Keys();
    keys.text("name", recipe.name());
    keys.number("seed", recipe.seed() == null ? null : BigDecimal.valueOf(recipe.seed()));
    switch (recipe.total()) {
      case Total.Fixed fixed -> keys.number("total", BigDecimal.valueOf(fixed.files()));
      case Total.Max max -> keys.text("total", "max");
      case Total.OfCounts ofCounts -> keys.number("total", BigDecimal.valueOf(countSum(recipe)));
    }
    keys.text("target", recipe.target());
    keys.text("layout", Words.of(recipe.layout()));
    keys.texts("link", recipe.link().stream().map(LinkMethod::word).toList());
    keys.text("on-shortage", Words.of(recipe.onShortage()));
    keys.text("on-error", Words.of(recipe.onError()));
    List<Node> sources = new ArrayList<>();
    recipe.sources().forEach(source -> sources.add(write(source)));
    keys.put("sources", new Node.Sequence(sources, Node.Place.NOWHERE));
    return keys.mapping();
  }

  private static long countSum(Recipe recipe) {
    return recipe.sources().stream()
        .mapToLong(s -> s.share() instanceof Share.Count c ? c.files() : 0)
        .sum();
  }

  private static Node.Mapping write(SourceSpec source) {
    Keys keys = new Keys();
    keys.text("name", source.name());
    switch (source.origin()) {
      case Origin.Dataset dataset -> keys.text("dataset", dataset.name());
      case Origin.Folder folder -> keys.text("path", folder.path());
    }
    switch (source.share()) {
      case Share.Count count -> keys.number("count", BigDecimal.valueOf(count.files()));
      case Share.Percent percent -> keys.number("percent", percent.value());
      case Share.Weight weight -> keys.number("weight", weight.value());
    }
    Filter filter = source.filter();
    keys.put("label", filter.label() == null ? null : write(filter.label()));
    keys.put("tagged", filter.tagged() == null ? null : write(filter.tagged()));
    keys.put("modified", filter.modified() == null ? null : write(filter.modified()));
    keys.texts("include", filter.include());
    keys.texts("exclude", filter.exclude());
    return keys.mapping();
  }

  private static Node write(LabelFilter label) {
    Keys keys = new Keys();
    keys.text("name", label.name().isEmpty() ? null : label.name());
    keys.texts("values", label.values());
    return keys.mapping();
  }

  private static Node write(TimeRange range) {
    Keys keys = new Keys();
    keys.text("since", range.since() == null ? null : text(range.since()));
    keys.text("until", range.until() == null ? null : text(range.until()));
    boolean isDefault = range.unknown() == TimeRange.UnknownTime.EXCLUDE;
    keys.text("unknown", isDefault ? null : Words.of(range.unknown()));
    return keys.mapping();
  }

  private static String text(TimeBound bound) {
    return switch (bound) {
      case TimeBound.Day day -> day.day().toString();
      case TimeBound.Local local -> local.time().toString();
      case TimeBound.Offset offset -> offset.time().toString();
    };
  }

  /** A mapping being written; a null value leaves its key out. */
  private static final class Keys {
    private final SequencedMap<String, Node> entries = new LinkedHashMap<>();

    void put(String key, @Nullable Node node) {
      if (node != null) {
        entries.put(key, node);
      }
    }

    void text(String key, @Nullable String text) {
      put(key, text == null ? null : new Node.Scalar(text, true, Node.Place.NOWHERE));
    }

    void number(String key, @Nullable BigDecimal number) {
      String text = number == null ? null : number.stripTrailingZeros().toPlainString();
      put(key, text == null ? null : new Node.Scalar(text, false, Node.Place.NOWHERE));
    }

    void texts(String key, List<String> texts) {
      if (!texts.isEmpty()) {
        List<Node> items = new ArrayList<>();
        texts.forEach(text -> items.add(new Node.Scalar(text, true, Node.Place.NOWHERE)));
        put(key, new Node.Sequence(items, Node.Place.NOWHERE));
      }
    }

    Node.Mapping mapping() {
      return new Node.Mapping(entries, Map.of(), Node.Place.NOWHERE);
    }
  }
}
