package io.admix.engine.plan;

import io.admix.catalog.Catalog;
import io.admix.core.quota.Allocation;
import io.admix.core.quota.Quota;
import io.admix.engine.place.LazyStore;
import io.admix.engine.plan.PlanHead.HeadSource;
import io.admix.engine.recipe.RecipeJson;
import io.admix.files.FileAccess;
import io.admix.files.RealFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * The course of planning, from a request to a sealed plan, wherever candidates are read and kept:
 * sources, reading, quotas and cuts, choosing, names and seal. Used by one thread for one plan.
 */
final class PlanCourse {
  private final Catalog catalog;
  private final FileAccess access;
  private final LazyStore objects;
  private final Path scratch;
  private final Reading.Maker maker;

  PlanCourse(
      Catalog catalog, FileAccess access, LazyStore objects, Path scratch, Reading.Maker maker) {
    this.catalog = catalog;
    this.access = access;
    this.objects = objects;
    this.scratch = scratch;
    this.maker = maker;
  }

  /** What every step of one plan needs. */
  record Plan(
      PlanRequest request,
      List<PlanSourceInfo> sources,
      MethodForecasts forecasts,
      FileAccess access,
      LazyStore objects,
      Path folder,
      Progress progress,
      Warnings warnings) {}

  /** Reads candidates, and chooses among them. */
  interface Reading extends Closeable {
    /** Reads every dataset and folder once. */
    Candidates read() throws IOException, InterruptedException, PlanException;

    /** The files that the cuts take. */
    Chosen choose(ChosenFiles.Choice choice)
        throws IOException, InterruptedException, PlanException;

    /** Called when the plan is written, before it is sealed: a last look at what it was made of. */
    default void confirm() throws IOException, PlanException {}

    /** Makes one for a plan. */
    @FunctionalInterface
    interface Maker {
      Reading of(Plan plan) throws IOException, PlanException;
    }
  }

  /** As {@link Planner#plan}. */
  PlanSummary plan(PlanRequest request, Path file, PlanProgress listener)
      throws IOException, InterruptedException, InfeasibleException, PlanException {
    List<PlanSourceInfo> sources = new SourceResolver(catalog.datasets(), request).resolve();
    MethodForecasts forecasts = MethodForecasts.of(access, sources, request);
    ObjectTarget.requireFree(objects, request);
    try (Scratch own = Scratch.open(scratch)) {
      Plan plan =
          new Plan(
              request,
              sources,
              forecasts,
              guarded(request.scope()),
              objects,
              own.folder(),
              new Progress(listener),
              new Warnings());
      try (Reading reading = maker.of(plan)) {
        return plan(plan, reading, file);
      }
    } catch (UnreadableException e) {
      throw new PlanException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new IOException(
          "the plan "
              + file
              + " could not be made: "
              + e.getMessage()
              + "; look at the space below "
              + scratch
              + " and beside the plan; nothing was made",
          e);
    } catch (CancellationException e) {
      Thread.interrupted();
      throw new InterruptedException("planning was interrupted");
    }
  }

  private PlanSummary plan(Plan plan, Reading reading, Path file)
      throws IOException, InterruptedException, InfeasibleException, PlanException {
    Candidates candidates = reading.read();
    plan.progress.hasRead();
    plan.progress.step("cutting");
    QuotaSolver.Solution<Cuts> solution =
        QuotaSolver.of(plan.request.recipe(), plan.sources, candidates).solve();
    requireFeasible(solution);
    solution.allocation().warnings().forEach(plan.warnings::add);
    long[] quotas = solution.allocation().toArray();
    ReserveCuts reserves =
        ReserveCuts.find(plan.request.recipe(), plan.sources, candidates, solution.cuts(), quotas);
    plan.progress.step("choosing");
    try (Chosen chosen =
        reading.choose(new ChosenFiles.Choice(solution.cuts(), reserves, quotas))) {
      return seal(plan, file, solution.allocation(), chosen, reading);
    }
  }

  private PlanSummary seal(
      Plan plan, Path file, Allocation allocation, Chosen chosen, Reading reading)
      throws IOException, PlanException {
    PlanHead head = head(plan.request, plan.sources, allocation);
    try (PlanWriter writer = new PlanWriter(file, head);
        Lookers lookers = new Lookers(() -> looker(plan))) {
      PlanAssembly.Target target =
          new PlanAssembly.Target(
              plan.request.target(), plan.forecasts.foldsCase(), objects.limits());
      PlanAssembly assembly =
          new PlanAssembly(
              plan.request.recipe().layout(), chosen, plan.sources, lookers, target, plan.progress);
      assembly.write(writer, plan.folder, ChosenFiles.MEMORY_BYTES);
      assembly.warn(writer, plan.warnings);
      MethodPlan methods = plan.forecasts.settle(assembly.links(), plan.warnings);
      methods.warn(plan.warnings);
      assembly.requests().words().ifPresent(plan.warnings::addForecast);
      plan.forecasts.requireRoom(methods, assembly.folders(), plan.warnings);
      reading.confirm();
      return writer.seal(methods.counts(), plan.warnings);
    }
  }

  private Looker looker(Plan plan) {
    return new Looker(
        plan.sources,
        new ObjectLooks(objects, plan.sources),
        new EntryStats(
            guarded(plan.request.scope()),
            plan.sources,
            plan.forecasts::rules,
            new LinkPlaces(catalog.datasets(), plan.request.scope()),
            new RealFiles(access)));
  }

  private FileAccess guarded(PlanScope scope) {
    return scope.roots().guard(access, id -> scope.maySee(catalog.datasets(), id));
  }

  private static PlanHead head(
      PlanRequest request, List<PlanSourceInfo> sources, Allocation allocation) {
    List<HeadSource> heads = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      Quota quota = allocation.quotas().get(i);
      heads.add(new HeadSource(sources.get(i).forHeader(), quota.requested(), quota.available()));
    }
    String binding =
        allocation.binding().isPresent()
            ? sources.get(allocation.binding().getAsInt()).name()
            : null;
    return new PlanHead(
        request.recipe(),
        RecipeJson.write(request.recipe()),
        request.folder().toString(),
        request.target().toString(),
        request.zone().getId(),
        allocation.total(),
        binding,
        heads);
  }

  private static void requireFeasible(QuotaSolver.Solution<Cuts> solution)
      throws InfeasibleException {
    Allocation allocation = solution.allocation();
    if (allocation.isFeasible() && allocation.files() > 0) {
      return;
    }
    long[] left = solution.cuts().left();
    List<Shortage> shortages =
        allocation.shortages().stream()
            .map(s -> new Shortage(s.name(), s.asked(), s.available(), s.left()))
            .toList();
    StringBuilder message =
        new StringBuilder(
            allocation.isFeasible()
                ? "no file at all can be taken:"
                : "the sources cannot give what the recipe asks for:");
    for (int i = 0; i < left.length; i++) {
      Quota quota = allocation.quotas().get(i);
      message.append(
          "\n  source `%s`: asked for %d, available %d"
              .formatted(quota.name(), quota.requested(), quota.available()));
      // Of a source that is not short, what can never be chosen is not all counted.
      if (left[i] < quota.available() && left[i] < quota.requested()) {
        message.append(", of which earlier sources leave ").append(left[i]);
      }
      message.append(
          left[i] < quota.requested() ? " — short by " + (quota.requested() - left[i]) : "");
    }
    message.append(
        "\nlower the total or these shares, widen the filters, or write `total: max`, `on-shortage: take-all` or `on-shortage: redistribute`; nothing was made");
    throw new InfeasibleException(message.toString(), shortages);
  }
}
