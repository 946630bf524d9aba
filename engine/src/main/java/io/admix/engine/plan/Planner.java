package io.admix.engine.plan;

import io.admix.catalog.Catalog;
import io.admix.engine.place.LazyStore;
import io.admix.files.FileAccess;
import io.admix.files.object.ObjectSettings;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes sealed plans. Memory does not grow with the number of files: each dataset or folder is read
 * once into spools on disk, which the later steps read again; what must be sorted is sorted outside
 * of memory. Safe for use by many threads.
 */
public final class Planner {
  private final Catalog catalog;
  private final FileAccess access;
  private final LazyStore objects;
  private final Path scratch;

  /** A planner that reaches objects as by default. */
  public Planner(Catalog catalog, FileAccess access, Path scratch) {
    this(catalog, access, new LazyStore(ObjectSettings.DEFAULT), scratch);
  }

  /**
   * @param objects asked where a source or the target is a place of objects; closed by its owner
   * @param scratch folder for spools and sort runs, removed after each plan
   */
  public Planner(Catalog catalog, FileAccess access, LazyStore objects, Path scratch) {
    this.catalog = catalog;
    this.access = access;
    this.objects = objects;
    this.scratch = scratch;
  }

  /**
   * Looks for what is wrong with the sources and the target, without reading any.
   *
   * @throws PlanException with every problem
   */
  public static void check(Catalog catalog, PlanRequest request) throws PlanException {
    new SourceResolver(catalog.datasets(), request).resolve();
  }

  /**
   * Plans and seals: {@code file} is there whole, synced, or as it was before.
   *
   * @throws InfeasibleException when sources cannot give what is asked
   * @throws PlanException for everything else that is wrong with the request: an unknown dataset
   *     (near one suggested), an unreadable folder, a target inside a source, names too long, …;
   *     all problems at once
   * @throws InterruptedException when the thread was interrupted; nothing is left
   */
  public PlanSummary plan(PlanRequest request, Path file, PlanProgress listener)
      throws IOException, InterruptedException, InfeasibleException, PlanException {
    return new PlanCourse(catalog, access, objects, scratch, Here::new)
        .plan(request, file, listener);
  }

  /** Reads and chooses on this machine. */
  private final class Here implements PlanCourse.Reading {
    private final PlanCourse.Plan plan;
    private final Spools spools;

    Here(PlanCourse.Plan plan) {
      this.plan = plan;
      this.spools = new Spools(plan.folder(), plan.sources(), plan.request().recipe());
    }

    @Override
    public Candidates read() throws IOException, InterruptedException {
      spools.read(catalog.datasets(), plan, plan.sources());
      return spools;
    }

    @Override
    public Chosen choose(ChosenFiles.Choice choice) throws IOException {
      return ChosenFiles.choose(plan, plan.sources(), spools, choice);
    }

    @Override
    public void close() throws IOException {
      spools.close();
    }
  }
}
