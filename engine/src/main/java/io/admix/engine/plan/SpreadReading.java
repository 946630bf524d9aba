package io.admix.engine.plan;

import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets;
import io.admix.catalog.Datasets.Column;
import io.admix.catalog.ScanSummary;
import io.admix.engine.export.ExportManifest;
import io.admix.engine.export.ExportPart;
import io.admix.engine.export.ExportedDataset;
import io.admix.engine.plan.PartWorkers.PartToRead;
import io.admix.engine.recipe.RecipeJson;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads datasets in parts on many machines, and folders on this one; chooses there what lies there.
 */
final class SpreadReading implements PlanCourse.Reading {
  private final PlanCourse.Plan plan;
  private final Datasets datasets;
  private final PartCatalog catalog;
  private final PartWorkers workers;
  private final Path work;
  private final Spools here;
  private final List<PartToRead> parts = new ArrayList<>();
  private final PartScope scope;
  private final SpreadCandidates candidates;

  /**
   * @param work folder that all workers have under the same path
   * @throws PlanException when the parts are not those of the catalogue
   */
  SpreadReading(
      PlanCourse.Plan plan,
      Datasets datasets,
      ExportManifest export,
      PartWorkers workers,
      Path work)
      throws PlanException, Fault {
    this.plan = plan;
    this.datasets = datasets;
    this.catalog = new PartCatalog(export);
    this.workers = workers;
    this.work = work;
    List<String> problems = new ArrayList<>(catalog.problems(plan.sources()));
    problems.addAll(PartTimes.problems(plan.sources(), plan.request().zone()));
    if (!problems.isEmpty()) {
      throw new PlanException(problems);
    }
    this.here = new Spools(plan.folder(), plan.sources(), plan.request().recipe());
    this.scope = scope();
    this.candidates = new SpreadCandidates(scope, plan.sources(), here, workers, plan.progress());
  }

  private PartScope scope() throws Fault {
    List<PartScope.Source> sources = new ArrayList<>();
    List<Integer> groups = new ArrayList<>();
    for (PlanSourceInfo source : plan.sources()) {
      Dataset dataset = source.dataset();
      sources.add(scopeOf(source, dataset));
      if (dataset != null && source.salt() == 1) {
        Set<Column> columns = columns(source.group(), dataset);
        for (ExportPart part : partsOf(dataset).parts()) {
          parts.add(new PartToRead(parts.size(), dataset.id(), part, columns));
          groups.add(source.group());
        }
      }
    }
    return new PartScope(
        RecipeJson.write(plan.request().recipe()),
        plan.request().zone().getId(),
        sources,
        groups.stream().mapToInt(Integer::intValue).toArray());
  }

  private PartScope.Source scopeOf(PlanSourceInfo source, @Nullable Dataset dataset) throws Fault {
    return new PartScope.Source(
        source.root().toString(),
        dataset == null ? null : dataset.id(),
        dataset == null ? null : dataset.name(),
        dataset == null ? null : dataset.kind(),
        source.group(),
        source.salt(),
        source.root().isObjects() || dataset == null
            ? 0
            : inode(plan.access(), source.root().folder()));
  }

  private static long inode(FileAccess access, Path folder) throws Fault {
    try (Folder root = access.open(folder)) {
      return root.stat().inode();
    }
  }

  private ExportedDataset partsOf(Dataset dataset) {
    return catalog.dataset(dataset.id()).orElseThrow();
  }

  private Set<Column> columns(int group, Dataset dataset) {
    List<PlanSourceInfo> members =
        plan.sources().stream().filter(source -> source.group() == group).toList();
    return new RowMatcher(members, plan.request().zone(), RowMatcher.Rows.of(dataset), file -> {})
        .columns();
  }

  @Override
  public Candidates read() throws IOException, InterruptedException, PlanException {
    if (!parts.isEmpty()) {
      candidates.read(parts, here.mostPerGroup());
    }
    // Each group's sentences stand where they stand when all is read on one machine.
    for (PlanSourceInfo source : plan.sources()) {
      Dataset dataset = source.dataset();
      if (dataset == null) {
        here.read(datasets, plan, source.salt() == 1 ? group(source) : List.of());
      } else if (source.salt() == 1) {
        ExportedDataset of = partsOf(dataset);
        Collector.warnOfUnsafe(
            dataset.name(),
            dataset.path(),
            new ScanSummary(of.rows(), of.unsafePaths(), of.unsafe()),
            plan.warnings());
        RowMatcher.warnOfDuplicates(
            dataset.name(), candidates.duplicates(source.group()), plan.warnings());
      }
    }
    return candidates;
  }

  private List<PlanSourceInfo> group(PlanSourceInfo first) {
    return plan.sources().stream().filter(source -> source.group() == first.group()).toList();
  }

  @Override
  public Chosen choose(ChosenFiles.Choice choice)
      throws IOException, InterruptedException, PlanException {
    @Nullable PartChoice[] chosen = new PartChoice[parts.size()];
    if (!parts.isEmpty()) {
      workers.overKept(
          new PartChooser(scope, choice, work.toString()),
          new Listening<PartChoice>(plan.progress(), (answer, part) -> chosen[part] = answer));
    }
    requireChosen(chosen);
    List<PlanSourceInfo> folders =
        plan.sources().stream().filter(source -> !PartScope.isSpread(source)).toList();
    PartFiles files =
        new PartFiles(
            work,
            java.util.Arrays.stream(chosen).map(Objects::requireNonNull).toList(),
            plan.sources(),
            plan.request().recipe().layout(),
            ChosenFiles.choose(plan, folders, here, choice),
            plan.folder());
    try {
      requireQuotas(files, choice);
      files.sortReserves();
      return files;
    } catch (IOException | RuntimeException e) {
      files.close();
      throw e;
    }
  }

  private void requireChosen(@Nullable PartChoice[] chosen) throws PlanException {
    SortedSet<String> problems = new TreeSet<>();
    for (PartToRead part : parts) {
      PartChoice choice = Objects.requireNonNull(chosen[part.index()], "every part was worked on");
      if (choice.problem() != null) {
        problems.add(choice.problem());
      } else if (!candidates.isSame(part.index(), choice.seen())) {
        problems.add(PartProblems.words(part) + ": it has changed while it was read; export again");
      }
    }
    PartProblems.require(List.copyOf(problems));
  }

  private void requireQuotas(PartFiles files, ChosenFiles.Choice choice) {
    for (PlanSourceInfo source : plan.sources()) {
      if (PartScope.isSpread(source)) {
        choice.requireQuota(source, files.files(source.index()));
      }
    }
  }

  @Override
  public void confirm() throws PlanException {
    catalog.requireSame(datasets, plan.sources());
  }

  @Override
  public void close() throws IOException {
    here.close();
  }
}
