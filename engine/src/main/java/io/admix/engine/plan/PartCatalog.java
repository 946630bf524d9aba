package io.admix.engine.plan;

import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets;
import io.admix.engine.plan.CatalogParts.PartDataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds parts against the catalogue that they were made of. */
final class PartCatalog {
  private final CatalogParts parts;

  PartCatalog(CatalogParts parts) {
    this.parts = parts;
  }

  /**
   * What keeps a plan of these sources from being made of the parts: a dataset that is not among
   * them, or is not any more what it was.
   *
   * @param sources whose datasets are as the catalogue has them now
   */
  List<String> problems(List<PlanSourceInfo> sources) {
    List<String> problems = new ArrayList<>();
    for (PlanSourceInfo source : sources) {
      Dataset dataset = source.dataset();
      if (dataset != null && source.salt() == 1) {
        problem(dataset)
            .ifPresent(problem -> problems.add("source `" + source.name() + "`: " + problem));
      }
    }
    return problems;
  }

  private Optional<String> problem(Dataset now) {
    Optional<PartDataset> found = parts.dataset(now.id());
    if (found.isEmpty()) {
      return Optional.of(
          "dataset `%s` is not in %s: export it too with `admix dataset export`"
              .formatted(now.name(), parts.name()));
    }
    PartDataset then = found.get();
    if (then.updatedAt().equals(now.updatedAt())
        && then.files() == now.files()
        && then.bytes() == now.bytes()
        && then.name().equals(now.name())
        && then.path().equals(now.path())) {
      return Optional.empty();
    }
    return Optional.of(
        "dataset `%s` has changed since %s was made: %s then, %s now; export it again with `admix dataset export`"
            .formatted(
                now.name(),
                parts.name(),
                words(then.name(), then.path(), then.files(), then.bytes(), then.updatedAt()),
                words(now.name(), now.path(), now.files(), now.bytes(), now.updatedAt())));
  }

  private static String words(
      String name, String path, long files, long bytes, java.time.Instant updatedAt) {
    return "`%s` in %s with %d files of %d bytes, written %s"
        .formatted(name, path, files, bytes, updatedAt);
  }

  /**
   * Looks at the catalogue once more.
   *
   * @throws PlanException when a dataset has changed meanwhile
   */
  void requireSame(Datasets datasets, List<PlanSourceInfo> sources) throws PlanException {
    List<String> problems = new ArrayList<>();
    for (PlanSourceInfo source : sources) {
      Dataset dataset = source.dataset();
      if (dataset != null && source.salt() == 1) {
        Optional<Dataset> now = datasets.byId(dataset.id());
        String problem =
            now.isEmpty()
                ? "dataset `" + dataset.name() + "` is not there any more"
                : problem(now.get()).orElse("");
        if (!problem.isEmpty()) {
          problems.add("source `" + source.name() + "`: " + problem);
        }
      }
    }
    if (!problems.isEmpty()) {
      problems.add("the plan was not made");
      throw new PlanException(problems);
    }
  }
}
