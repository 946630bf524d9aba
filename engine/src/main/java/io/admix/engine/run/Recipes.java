package io.admix.engine.run;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.catalog.Dataset;
import io.admix.catalog.NewTask;
import io.admix.catalog.TaskOrigin;
import io.admix.core.recipe.Filter;
import io.admix.core.recipe.LabelFilter;
import io.admix.core.recipe.Origin;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.Share;
import io.admix.core.recipe.SourceSpec;
import io.admix.core.recipe.TimeBound;
import io.admix.core.recipe.TimeRange;
import io.admix.core.recipe.Total;
import io.admix.engine.place.Place;
import io.admix.engine.recipe.RecipeJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** From a recipe to what a task keeps of it. */
final class Recipes {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int NAME_MAX_OF_SHARE = 256;

  private Recipes() {}

  /**
   * The same recipe with absolute paths, so that it means the same wherever and whenever a task
   * goes on. A recipe without a target gets {@code mixes/<name>} beside it.
   */
  static Recipe absolute(Recipe recipe, Path folder) {
    Path base = folder.toAbsolutePath().normalize();
    String written = recipe.target();
    Place target =
        written == null
            ? Place.of(base.resolve("mixes").resolve(recipe.name()).normalize())
            : absolute(written, base);
    List<SourceSpec> sources =
        recipe.sources().stream().map(source -> absolute(source, base)).toList();
    return new Recipe(
        recipe.name(),
        recipe.seed(),
        recipe.total(),
        target.toString(),
        recipe.layout(),
        recipe.link(),
        recipe.onShortage(),
        recipe.onError(),
        sources);
  }

  private static SourceSpec absolute(SourceSpec source, Path base) {
    return switch (source.origin()) {
      case Origin.Dataset dataset -> source;
      case Origin.Folder folder ->
          new SourceSpec(
              source.name(),
              new Origin.Folder(absolute(folder.path(), base).toString()),
              source.share(),
              source.filter());
    };
  }

  /** An address of objects is absolute as it is. */
  private static Place absolute(String written, Path base) {
    return Place.isAddress(written)
        ? Place.parse(written)
        : Place.of(base.resolve(written).normalize());
  }

  /** The target of a recipe made absolute. */
  static Place target(Recipe absolute) {
    String target = absolute.target();
    if (target == null) {
      throw new IllegalArgumentException("the recipe was not made absolute");
    }
    return Place.parse(target);
  }

  /** Who asks for a task, and what it is called. */
  record Owned(Actor actor, String taskName, TaskOrigin origin) {
    static Owned byCommand(Recipe recipe) {
      return new Owned(Actor.SYSTEM, recipe.name(), TaskOrigin.COMMAND);
    }
  }

  /** The task of a recipe that is absolute and has its seed. */
  static NewTask newTask(String id, String datasetId, Recipe recipe, Catalog catalog, Owned owned) {
    String json = RecipeJson.write(recipe);
    Set<String> types = new HashSet<>();
    List<NewTask.Relation> relations =
        recipe.sources().stream()
            .map(source -> relation(source, owned.actor(), catalog, types))
            .toList();
    String type = types.size() == 1 ? types.iterator().next() : "OTHER";
    return new NewTask(
        id,
        recipe.name(),
        owned.actor().owner(),
        json,
        sha256(json),
        target(recipe).toString(),
        datasetId,
        type,
        total(recipe),
        relations,
        owned.taskName(),
        owned.origin());
  }

  private static NewTask.Relation relation(
      SourceSpec source, Actor actor, Catalog catalog, Set<String> types) {
    Optional<Dataset> dataset =
        switch (source.origin()) {
          case Origin.Dataset named -> catalog.datasets().resolve(actor, named.name());
          case Origin.Folder folder -> Optional.empty();
        };
    types.add(dataset.map(Dataset::type).orElse("OTHER"));
    String share =
        switch (source.share()) {
          case Share.Count count -> Long.toString(count.files());
          case Share.Percent percent -> percent.value().toPlainString() + "%";
          case Share.Weight weight -> "weight " + weight.value().toPlainString();
        };
    Long count = source.share() instanceof Share.Count c ? (Long) c.files() : null;
    return new NewTask.Relation(
        dataset.map(Dataset::id).orElse(null),
        source.name(),
        share.substring(0, Math.min(share.length(), NAME_MAX_OF_SHARE)),
        count,
        storedFilter(source.filter()));
  }

  private static long total(Recipe recipe) {
    return switch (recipe.total()) {
      case Total.Fixed fixed -> fixed.files();
      case Total.Max max -> 0;
      case Total.OfCounts counts ->
          recipe.sources().stream()
              .mapToLong(s -> s.share() instanceof Share.Count c ? c.files() : 0)
              .sum();
    };
  }

  /**
   * DataMate's stored form: {@code {"date_range": [a, b] | null, "label": {"label", "value"} |
   * null}}; it has one value only, the first.
   */
  private static String storedFilter(Filter filter) {
    ObjectNode node = JSON.createObjectNode();
    TimeRange tagged = filter.tagged();
    if (tagged == null) {
      node.putNull("date_range");
    } else {
      ArrayNode range = node.putArray("date_range");
      range.add(text(tagged.since()));
      range.add(text(tagged.until()));
    }
    LabelFilter label = filter.label();
    if (label == null) {
      node.putNull("label");
    } else {
      node.putObject("label")
          .put("label", label.name())
          .put("value", label.values().isEmpty() ? "" : label.values().getFirst());
    }
    return node.toString();
  }

  private static @Nullable String text(@Nullable TimeBound bound) {
    return switch (bound) {
      case null -> null;
      case TimeBound.Day day -> day.day().toString();
      case TimeBound.Local local -> local.time().toString();
      case TimeBound.Offset offset -> offset.time().toString();
    };
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
