package io.admix.core.recipe;

import io.admix.core.name.ObjectAddress;
import io.admix.core.name.Printable;
import io.admix.core.name.SafeNames;
import io.admix.core.name.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the sources of a recipe and gives those without a name theirs. */
final class SourceReader {
  private static final int SOURCES_MAX = 1_000;
  private static final List<String> KEYS =
      Stream.of(List.of("dataset", "path", "name"), ShareReader.KEYS, FilterReader.KEYS)
          .flatMap(List::stream)
          .toList();

  private final Problems problems;

  /** Path of the source that has each name. */
  private final Map<String, String> names = new HashMap<>();

  private final RecipeValidator.Door door;
  private final Layout layout;

  SourceReader(Problems problems, RecipeValidator.Door door, Layout layout) {
    this.problems = problems;
    this.door = door;
    this.layout = layout;
  }

  /** A name that becomes a folder is one safe segment, whoever stored it. */
  private Optional<String> problemOf(String name) {
    return door == RecipeValidator.Door.STORED && layout != Layout.BY_SOURCE
        ? SafeNames.problemOfText(name)
        : SafeNames.problemOfName(name);
  }

  /**
   * One source as far as it is good; null is what was missing or wrong.
   *
   * @param read the conditions that are good
   */
  record Draft(
      int index,
      Fields fields,
      @Nullable String name,
      @Nullable Origin origin,
      @Nullable Share share,
      Filter read,
      boolean hasGoodFilter) {
    /** The filter when all its conditions are good. */
    @Nullable Filter filter() {
      return hasGoodFilter ? read : null;
    }
  }

  /** Reads the list; empty after a problem with it as a whole. */
  List<Draft> read(Fields recipe) {
    Node node = recipe.get("sources");
    if (!recipe.has("sources")) {
      recipe.problem("sources", "is missing: a mix needs at least one source");
    } else if (node != null && !(node instanceof Node.Sequence)) {
      recipe.problem("sources", "must be a list, not " + Fields.kind(node));
    }
    if (!(node instanceof Node.Sequence list)) {
      return List.of();
    }
    if (list.items().isEmpty() || list.items().size() > SOURCES_MAX) {
      recipe.problem(
          "sources", "has %d sources; give 1 to %d".formatted(list.items().size(), SOURCES_MAX));
      return List.of();
    }
    return drafts(list);
  }

  private List<Draft> drafts(Node.Sequence list) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      Node item = list.items().get(i);
      String path = "sources[" + i + "]";
      if (item instanceof Node.Mapping mapping) {
        drafts.add(draft(i, new Fields(mapping, path, problems, KEYS), path));
      } else {
        problems.add(
            item.place(),
            path,
            "must be a mapping with dataset or path and a share, not " + Fields.kind(item));
      }
    }
    return drafts;
  }

  private Draft draft(int index, Fields fields, String path) {
    String name = name(fields, path);
    Origin origin = origin(fields);
    Share share = ShareReader.read(fields);
    int before = problems.count();
    Filter filter = FilterReader.read(fields, door);
    return new Draft(index, fields, name, origin, share, filter, problems.count() == before);
  }

  /**
   * The name as written. Written names are all read before any is made, so none that is made takes
   * one of them.
   */
  private @Nullable String name(Fields fields, String path) {
    String name = fields.text("name");
    if (name == null) {
      return null;
    }
    Optional<String> problem = problemOf(name);
    if (problem.isPresent()) {
      fields.problem("name", "`" + Printable.of(name) + "` " + problem.get());
      return null;
    }
    String other = names.putIfAbsent(name, path);
    if (other != null) {
      fields.problem(
          "name", "`" + name + "` is the name of " + other + " too: each source needs its own");
      return null;
    }
    return name;
  }

  private static @Nullable Origin origin(Fields fields) {
    if (fields.has("dataset") && fields.has("path")) {
      fields.problem("path", "stands beside dataset: a source is one or the other");
      return null;
    }
    if (!fields.has("dataset") && !fields.has("path")) {
      fields.problem("says not where its files are: give dataset or path");
      return null;
    }
    String key = fields.has("dataset") ? "dataset" : "path";
    String text = fields.text(key);
    if (text == null) {
      return null;
    }
    if (text.indexOf('\0') >= 0 || !Utf8.isWellFormed(text)) {
      fields.problem(
          key, "`" + Printable.of(text) + "` holds a zero byte or is not well-formed Unicode");
      return null;
    }
    if (key.equals("dataset")) {
      return new Origin.Dataset(text);
    }
    Optional<String> problem = ObjectAddress.problem(text);
    problem.ifPresent(p -> fields.problem(key, p));
    return problem.isPresent() ? null : new Origin.Folder(text);
  }

  /**
   * Finishes the drafts, none of which may lack an origin or share, by naming those that have no
   * name.
   */
  List<SourceSpec> specs(List<Draft> drafts) {
    List<SourceSpec> specs = new ArrayList<>();
    for (Draft draft : drafts) {
      if (draft.origin() == null || draft.share() == null) {
        continue;
      }
      String name =
          draft.name() != null ? draft.name() : defaultName(draft.fields(), draft.origin());
      specs.add(new SourceSpec(name, draft.origin(), draft.share(), draft.read()));
    }
    return specs;
  }

  private String defaultName(Fields fields, Origin origin) {
    String base =
        switch (origin) {
          case Origin.Dataset dataset -> dataset.name();
          case Origin.Folder folder -> baseName(folder.path());
        };
    String name = base;
    for (int i = 2; names.containsKey(name); i++) {
      name = base + "-" + i;
    }
    names.put(name, base);
    Optional<String> problem = problemOf(name);
    if (problem.isPresent() && !fields.has("name")) {
      fields.problem("give the source a `name`: `" + Printable.of(name) + "` " + problem.get());
    }
    return name;
  }

  /** The last segment of a path as written; empty for the root. */
  private static String baseName(String path) {
    return Arrays.stream(path.split("/")).filter(s -> !s.isEmpty()).reduce("", (a, b) -> b);
  }
}
