package io.admix.engine.ratio;

import io.admix.catalog.Dataset;
import io.admix.core.recipe.Layout;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.OnError;
import io.admix.core.recipe.OnShortage;
import io.admix.core.recipe.Origin;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.Share;
import io.admix.core.recipe.SourceSpec;
import io.admix.core.recipe.TimeRange;
import io.admix.core.recipe.Total;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The recipe of a ratio task. */
final class RatioRecipe {
  private static final Set<String> OF_ONE_KIND = Set.of("TEXT", "IMAGE", "AUDIO", "VIDEO");

  private RatioRecipe() {}

  /** The type of a mix of these: theirs when all have one that is a kind of its own. */
  static String type(List<Dataset> sources) {
    Set<String> types = new HashSet<>();
    sources.forEach(source -> types.add(source.type().toUpperCase(Locale.ROOT)));
    String first = types.iterator().next();
    return types.size() == 1 && OF_ONE_KIND.contains(first) ? first : "OTHER";
  }

  /**
   * A name for each source: its dataset's, numbered where it comes again, whether it is the same
   * dataset or another of that name.
   */
  static List<String> names(List<Dataset> sources) {
    Set<String> taken = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (Dataset source : sources) {
      String base = source.name().isBlank() ? source.id() : source.name();
      String name = base;
      for (int number = 2; !taken.add(name); number++) {
        name = base + "-" + number;
      }
      names.add(name);
    }
    return names;
  }

  /** Sources of which nothing is asked are left out: a recipe has none such. */
  static Recipe of(
      String name,
      long seed,
      String target,
      RatioRequest request,
      List<String> names,
      TimeRange.UnknownTime unknown) {
    List<SourceSpec> specs = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      RatioRequest.Item item = request.items().get(i);
      if (item.count() > 0) {
        specs.add(
            new SourceSpec(
                names.get(i),
                new Origin.Dataset(item.datasetId()),
                new Share.Count(item.count()),
                item.filter().filter(unknown)));
      }
    }
    return new Recipe(
        name,
        seed,
        new Total.OfCounts(),
        target,
        Layout.FLAT,
        LinkMethod.DEFAULT_ORDER,
        OnShortage.TAKE_ALL,
        OnError.REPLACE,
        specs);
  }
}
