package io.admix.engine.plan;

import io.admix.catalog.Actor;
import io.admix.catalog.AmbiguousNameException;
import io.admix.catalog.Catalog;
import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets;
import io.admix.catalog.Task;
import io.admix.catalog.Tasks;
import io.admix.core.name.Near;
import io.admix.core.name.Printable;
import io.admix.core.recipe.Filter;
import io.admix.core.recipe.Node;
import io.admix.core.recipe.Origin;
import io.admix.core.recipe.Problem;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.RecipeDraft;
import io.admix.engine.AllowedRoots;
import io.admix.engine.ConflictException;
import io.admix.engine.NotThereException;
import io.admix.engine.recipe.RecipeReader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Previews over one catalogue. */
final class CatalogPreviews implements Previews {
  /** Names that a near one is looked for in. */
  private static final int NAMES_MOST = 5_000;

  private final Datasets datasets;
  private final Tasks tasks;
  private final AllowedRoots roots;
  private final Path dataRoot;
  private final ZoneId zone;
  private final DatasetCounts counts;

  CatalogPreviews(
      Catalog catalog, AllowedRoots roots, Path dataRoot, ZoneId zone, InstantSource clock) {
    this.datasets = catalog.datasets();
    this.tasks = catalog.tasks();
    this.roots = roots;
    this.dataRoot = dataRoot;
    this.zone = zone;
    this.counts = new DatasetCounts(datasets, zone, clock);
  }

  @Override
  public SequencedMap<String, SequencedMap<String, Long>> labels(Actor actor, String idOrName)
      throws NotThereException, ConflictException {
    try {
      return counts.labels(
          datasets
              .resolve(actor, idOrName)
              .orElseThrow(() ->
                  new NotThereException("There is no dataset " + Printable.of(idOrName) + ".")));
    } catch (AmbiguousNameException e) {
      throw new ConflictException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public boolean isTaken(Actor actor, String name) {
    return holder(actor, name).isPresent();
  }

  @Override
  public String reference(Actor actor, Dataset dataset) {
    try {
      return datasets
          .resolve(actor, dataset.name())
          .filter(meant -> meant.id().equals(dataset.id()))
          .map(Dataset::name)
          .orElse(dataset.id());
    } catch (AmbiguousNameException e) {
      return dataset.id();
    }
  }

  @Override
  public Preview preview(Actor actor, Node document) {
    RecipeDraft draft = RecipeReader.draftSent(document);
    List<Problem> problems = new ArrayList<>(draft.problems());
    Map<Integer, Dataset> found = resolve(actor, draft, problems);
    SourceCounts matching = SourceCounts.of(counts, asked(draft.sources(), found));
    Recipe recipe = draft.asked();
    boolean isComplete =
        recipe != null
            && draft.sources().stream()
                .allMatch(s -> s.origin() instanceof Origin.Folder || found.containsKey(s.index()));
    Preview.Outcome outcome = null;
    if (recipe != null && isComplete) {
      problems.addAll(problemsOfPlaces(actor, recipe));
      outcome = QuickQuotas.of(recipe, found, matching);
    }
    return new Preview(
        draft,
        draft.sources().stream()
            .map(s ->
                new Preview.Source(
                    s.index(), found.get(s.index()), matching.of(s.index()).orElse(null)))
            .toList(),
        outcome,
        problems,
        nearName(actor, document, problems));
  }

  private static List<SourceCounts.Asked> asked(
      List<RecipeDraft.Source> sources, Map<Integer, Dataset> found) {
    List<SourceCounts.Asked> asked = new ArrayList<>();
    for (RecipeDraft.Source source : sources) {
      Dataset dataset = found.get(source.index());
      Filter filter = source.filter();
      if (dataset != null && filter != null) {
        asked.add(new SourceCounts.Asked(source.index(), dataset, filter));
      }
    }
    return asked;
  }

  private Map<Integer, Dataset> resolve(Actor actor, RecipeDraft draft, List<Problem> problems) {
    Map<Integer, Dataset> found = new LinkedHashMap<>();
    Map<String, Optional<Dataset>> known = new LinkedHashMap<>();
    for (RecipeDraft.Source source : draft.sources()) {
      if (source.origin() instanceof Origin.Dataset origin) {
        String at = "sources[" + source.index() + "].dataset";
        try {
          Optional<Dataset> dataset =
              known.computeIfAbsent(origin.name(), name -> datasets.resolve(actor, name));
          dataset.ifPresentOrElse(
              there -> found.put(source.index(), there),
              () -> problems.add(new Problem(0, at, unknown(actor, origin.name()))));
        } catch (AmbiguousNameException e) {
          problems.add(new Problem(0, at, String.valueOf(e.getMessage())));
        }
      }
    }
    return found;
  }

  private String unknown(Actor actor, String name) {
    List<String> names = datasets.names(actor, NAMES_MOST);
    return "there is no dataset `"
        + Printable.of(name)
        + "`"
        + (names.isEmpty() ? ": none is registered yet" : Near.question(name, names));
  }

  /** Folders that are not there, contain one another, or may not be read. */
  private List<Problem> problemsOfPlaces(Actor actor, Recipe recipe) {
    PlanRequest request =
        new PlanRequest(
            recipe,
            dataRoot,
            dataRoot.resolve("preview"),
            zone,
            PlanRequest.TargetCheck.LEFT_TO_CALLER,
            new PlanScope(actor, roots));
    try {
      new SourceResolver(datasets, request).resolve();
      return List.of();
    } catch (PlanException e) {
      return e.problems().stream().map(problem -> new Problem(0, "", problem)).toList();
    }
  }

  /** Tells of a name that is taken, and finds the one that this may be mistaken for. */
  private @Nullable String nearName(Actor actor, Node document, List<Problem> problems) {
    String name = name(document);
    if (name == null) {
      return null;
    }
    List<String> names = datasets.names(actor, NAMES_MOST);
    Optional<String> holder = holder(actor, name);
    if (holder.isPresent()) {
      problems.add(
          new Problem(
              0,
              "name",
              "`%s` is taken by %s: choose another".formatted(Printable.of(name), holder.get())));
      return null;
    }
    String plain = plain(name);
    return names.stream().filter(other -> plain(other).equals(plain)).findFirst().orElse(null);
  }

  /** Who has the name; the claim decides in the end, when the task is recorded. */
  private Optional<String> holder(Actor actor, String name) {
    try {
      Optional<Dataset> dataset = datasets.find(actor, name);
      if (dataset.isPresent()) {
        return Optional.of("the dataset " + dataset.get().id());
      }
    } catch (AmbiguousNameException e) {
      return Optional.of("several datasets");
    }
    return tasks.holderOfName(actor.owner(), name).map(Task::id).map("the task "::concat);
  }

  private static @Nullable String name(Node document) {
    return document instanceof Node.Mapping mapping
            && mapping.entries().get("name") instanceof Node.Scalar name
        ? name.text()
        : null;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s._-]+", "");
  }
}
