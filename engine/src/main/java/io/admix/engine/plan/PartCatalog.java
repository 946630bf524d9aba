package io.admix.engine.plan;

import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets;
import io.admix.engine.export.ExportManifest;
import io.admix.engine.export.ExportedDataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds an export against the catalogue that it was made of. */
final class PartCatalog {
  private final ExportManifest export;

  PartCatalog(ExportManifest export) {
    this.export = export;
  }

  /** The dataset of an id, as it was. */
  Optional<ExportedDataset> dataset(String id) {
    return export.datasets().stream().filter(dataset -> dataset.id().equals(id)).findFirst();
  }

  /**
   * What keeps a plan of these sources from being made of the export: a dataset that is not in it,
   * or is not any more what it was.
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
    Optional<ExportedDataset> found = dataset(now.id());
    if (found.isEmpty()) {
      return Optional.of(
          "dataset `%s` is not in the export of %s: export it too with `admix dataset export`"
              .formatted(now.name(), export.exportedAt()));
    }
    ExportedDataset then = found.get();
    if (then.updatedAt().equals(now.updatedAt())
        && then.files() == now.files()
        && then.bytes() == now.bytes()
        && then.name().equals(now.name())
        && then.path().equals(now.path())) {
      return Optional.empty();
    }
    return Optional.of(
        "dataset `%s` has changed since the export of %s: %s then, %s now; export it again with `admix dataset export`"
            .formatted(
                now.name(),
                export.exportedAt(),
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
