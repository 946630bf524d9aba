package io.admix.engine.plan;

import io.admix.catalog.Catalog;
import io.admix.core.quota.Allocation;
import io.admix.core.quota.Quota;
import io.admix.engine.place.LazyStore;
import io.admix.engine.plan.PlanHead.HeadSource;
import io.admix.engine.recipe.RecipeJson;
import io.admix.files.FileAccess;
import io.admix.files.RealFiles;
import io.admix.files.object.ObjectSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

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
    Progress progress = new Progress(listener);
    Warnings warnings = new Warnings();
    List<PlanSourceInfo> sources = new SourceResolver(catalog.datasets(), request).resolve();
    MethodForecasts forecasts = MethodForecasts.of(access, sources, request);
    ObjectTarget.requireFree(objects, request);
    try (Scratch own = Scratch.open(scratch);
        Spools spools = new Spools(own.folder(), sources, request.recipe())) {
      FileAccess guarded = guarded(request.scope());
      spools.read(
          catalog.datasets(), guarded, objects, forecasts, request.zone(), progress, warnings);
      progress.hasRead();
      progress.step("cutting");
      QuotaSolver.Solution<Cuts> solution =
          QuotaSolver.of(request.recipe(), sources, spools.list()).solve();
      requireFeasible(solution);
      solution.allocation().warnings().forEach(warnings::add);
      try (ChosenFiles chosen =
          ChosenFiles.choose(
              request.recipe(), sources, spools.list(), solution, own.folder(), progress)) {
        return seal(
            request,
            file,
            sources,
            solution.allocation(),
            chosen,
            new Notes(forecasts, warnings, progress));
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

  private record Notes(MethodForecasts forecasts, Warnings warnings, Progress progress) {}

  private PlanSummary seal(
      PlanRequest request,
      Path file,
      List<PlanSourceInfo> sources,
      Allocation allocation,
      ChosenFiles chosen,
      Notes notes)
      throws IOException, PlanException {
    PlanHead head = head(request, sources, allocation);
    try (PlanWriter writer = new PlanWriter(file, head);
        Lookers lookers = new Lookers(() -> looker(request, sources, notes.forecasts()))) {
      PlanAssembly.Target target =
          new PlanAssembly.Target(
              request.target(), notes.forecasts().foldsCase(), objects.limits());
      PlanAssembly assembly = chosen.assembly(lookers, target, notes.progress());
      assembly.write(request.recipe().layout(), writer, chosen.folder(), ChosenFiles.MEMORY_BYTES);
      assembly.warn(writer, notes.warnings());
      MethodPlan methods = notes.forecasts().settle(assembly.links(), notes.warnings());
      methods.warn(notes.warnings());
      assembly.requests().words().ifPresent(notes.warnings()::addForecast);
      notes.forecasts().requireRoom(methods, assembly.folders(), notes.warnings());
      return writer.seal(methods.counts(), notes.warnings());
    }
  }

  private Looker looker(
      PlanRequest request, List<PlanSourceInfo> sources, MethodForecasts forecasts) {
    return new Looker(
        sources,
        new ObjectLooks(objects, sources),
        new EntryStats(
            guarded(request.scope()),
            sources,
            forecasts,
            new LinkPlaces(catalog.datasets(), request.scope()),
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
      if (left[i] < quota.available()) {
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
