package io.admix.core.recipe;

import io.admix.core.name.ObjectAddress;
import io.admix.core.name.Printable;
import io.admix.core.name.SafeNames;
import io.admix.core.name.Utf8;
import io.admix.core.quota.StaticChecks;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a recipe out of a document, or says everything that is wrong with it. The order of keys has
 * no meaning; that of sources has.
 *
 * <p>Numbers are plain decimals without quotes, kept exactly. What only the outside world can tell
 * (whether a dataset is there, whether folders contain one another, whether there are enough files)
 * is checked by others.
 */
public final class RecipeValidator {
  private static final List<String> KEYS =
      List.of(
          "name",
          "seed",
          "total",
          "target",
          "layout",
          "link",
          "on-shortage",
          "on-error",
          "sources");

  /** Called so where only its quotas are asked for and it has no good name yet. */
  private static final String NAMELESS = "mix";

  private final Problems problems = new Problems();
  private final Door door;
  private List<RecipeDraft.Source> sources = List.of();
  private @Nullable Recipe asked;

  private RecipeValidator(Door door) {
    this.door = door;
  }

  /** Where a document comes from. */
  enum Door {
    /** A person or a program wrote it. */
    WRITTEN,
    /** It is a recipe's normal form: names may be of systems that allow any text. */
    STORED
  }

  /**
   * Validates a document.
   *
   * @throws InvalidRecipeException with every problem, in document order; nothing was made
   */
  public static Recipe validate(Node document) {
    return new RecipeValidator(Door.WRITTEN).read(document);
  }

  /**
   * Validates the normal form of a recipe that was accepted before. It may come from a system whose
   * names are any text, and whose label filter may ask for any label at all: names that are no part
   * of a path are only well-formed texts here.
   *
   * @throws InvalidRecipeException with every problem, in document order; nothing was made
   */
  public static Recipe validateStored(Node document) {
    return new RecipeValidator(Door.STORED).read(document);
  }

  /**
   * Reads a document that may be unfinished: everything that is wrong with it, and what is good
   * already.
   */
  public static RecipeDraft draft(Node document) {
    RecipeValidator validator = new RecipeValidator(Door.WRITTEN);
    try {
      validator.read(document);
    } catch (InvalidRecipeException e) {
      return new RecipeDraft(validator.asked, validator.sources, e.problems());
    }
    return new RecipeDraft(validator.asked, validator.sources, List.of());
  }

  /**
   * Validates the conditions of one source by themselves: label, tagged, modified, include,
   * exclude.
   *
   * @throws InvalidRecipeException with every problem, in document order
   */
  public static Filter filter(Node.Mapping conditions) {
    Problems problems = new Problems();
    Filter filter = FilterReader.read(new Fields(conditions, "", problems, FilterReader.KEYS));
    problems.throwIfAny();
    return filter;
  }

  private Recipe read(Node document) {
    if (!(document instanceof Node.Mapping mapping)) {
      problems.add(
          document.place(),
          "",
          "a recipe is a mapping with name, total and sources, not " + Fields.kind(document));
      problems.throwIfAny();
      throw new IllegalStateException("unreachable: a problem was reported");
    }
    Fields fields = new Fields(mapping, "", problems, KEYS);
    String name = name(fields);
    Long seed = Numbers.whole(fields, "seed", 0, Recipe.SEED_MAX);
    Total total = total(fields);
    String target = target(fields);
    Layout layout = Words.read(fields, "layout", Layout.class, Layout.BY_SOURCE);
    List<LinkMethod> link = link(fields);
    OnShortage onShortage = Words.read(fields, "on-shortage", OnShortage.class, OnShortage.FAIL);
    OnError onError = Words.read(fields, "on-error", OnError.class, OnError.FAIL);
    Sources read = sources(fields, total, layout);
    link = ObjectLinks.checked(fields, link, target, read.specs());
    if (read.isComplete() && total != null) {
      String called = name == null ? NAMELESS : name;
      asked =
          new Recipe(called, seed, total, target, layout, link, onShortage, onError, read.specs());
    }
    problems.throwIfAny();
    if (name == null || total == null) {
      throw new IllegalStateException("a missing name or total was not reported");
    }
    return new Recipe(name, seed, total, target, layout, link, onShortage, onError, read.specs());
  }

  private @Nullable String name(Fields fields) {
    if (!fields.has("name")) {
      fields.problem("name", "is missing: the mix needs the name that its dataset gets");
      return null;
    }
    String name = fields.text("name");
    Optional<String> problem =
        name == null
            ? Optional.empty()
            : door == Door.STORED ? SafeNames.problemOfText(name) : SafeNames.problemOfName(name);
    problem.ifPresent(
        p -> fields.problem("name", "`" + Printable.of(String.valueOf(name)) + "` " + p));
    return name;
  }

  /** The total; null after a problem was reported. */
  private @Nullable Total total(Fields fields) {
    if (!fields.has("total")) {
      return new Total.OfCounts();
    }
    if (fields.get("total") instanceof Node.Scalar s && "max".equals(s.text())) {
      return new Total.Max();
    }
    if (fields.get("total") instanceof Node.Scalar s
        && s.text() != null
        && Character.isLetter(first(s.text()))) {
      fields.problem(
          "total", "must be a number of files or `max`, not `" + Printable.of(s.text()) + "`");
      return null;
    }
    Long files = Numbers.files(fields, "total");
    return files == null ? null : new Total.Fixed(files);
  }

  private static char first(String text) {
    return text.isEmpty() ? ' ' : text.charAt(0);
  }

  private @Nullable String target(Fields fields) {
    String target = fields.text("target");
    if (target != null && (target.indexOf('\0') >= 0 || !Utf8.isWellFormed(target))) {
      fields.problem(
          "target",
          "`" + Printable.of(target) + "` holds a zero byte or is not well-formed Unicode");
    } else if (target != null) {
      ObjectAddress.problem(target).ifPresent(p -> fields.problem("target", p));
    }
    return target;
  }

  private List<LinkMethod> link(Fields fields) {
    List<Fields.Item> words = fields.texts("link");
    if (words == null) {
      return LinkMethod.DEFAULT_ORDER;
    }
    List<LinkMethod> methods = new ArrayList<>();
    Set<LinkMethod> seen = EnumSet.noneOf(LinkMethod.class);
    for (Fields.Item word : words) {
      LinkMethod method = Words.parse(word.text(), LinkMethod.class);
      if (method == null) {
        problems.add(word.place(), word.path(), Words.unknown(word.text(), LinkMethod.class));
      } else if (!seen.add(method)) {
        problems.add(word.place(), word.path(), "`" + word.text() + "` comes twice");
      } else {
        methods.add(method);
      }
    }
    return methods;
  }

  /**
   * The sources of a recipe.
   *
   * @param isComplete whether each says where its files are and how much is taken, and the sums
   *     come out
   */
  private record Sources(List<SourceSpec> specs, boolean isComplete) {}

  /** The sources, and the sums of their shares if every share is good. */
  private Sources sources(Fields fields, @Nullable Total total, Layout layout) {
    SourceReader reader = new SourceReader(problems, door, layout);
    List<SourceReader.Draft> drafts = reader.read(fields);
    List<SourceSpec> specs = reader.specs(drafts);
    sources =
        drafts.stream()
            .map(d -> new RecipeDraft.Source(d.index(), d.origin(), d.share(), d.filter()))
            .toList();
    List<Share> shares = new ArrayList<>();
    for (SourceReader.Draft draft : drafts) {
      if (draft.share() != null) {
        shares.add(draft.share());
      }
    }
    boolean allShares =
        fields.get("sources") instanceof Node.Sequence list && shares.size() == list.items().size();
    if (total == null || !allShares || shares.isEmpty()) {
      return new Sources(specs, false);
    }
    String at = fields.has("total") ? "total" : "sources";
    Optional<String> problem = StaticChecks.problem(total, shares);
    problem.ifPresent(message -> fields.problem(at, message));
    boolean isComplete =
        problem.isEmpty()
            && specs.size() == shares.size()
            && sources.stream().allMatch(source -> source.filter() != null);
    return new Sources(specs, isComplete);
  }
}
