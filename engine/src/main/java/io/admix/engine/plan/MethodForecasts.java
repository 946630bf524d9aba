package io.admix.engine.plan;

import io.admix.core.recipe.LinkMethod;
import io.admix.files.Caller;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.Known;
import io.admix.files.LinkLimits;
import io.admix.files.LinkRules;
import io.admix.files.MethodForecast;
import io.admix.files.ProbeFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which methods will place the files of each source: first from what the mounts say of themselves,
 * then, with files that were really chosen, by trial in a scratch folder where the target will be.
 */
final class MethodForecasts {
  private final FileAccess access;
  private final List<PlanSourceInfo> sources;
  private final PlanRequest request;
  private final @Nullable Path parent;
  private final Caller caller = Caller.current();
  private final List<SourceMethods> expected = new ArrayList<>();
  private final List<LinkRules> rules = new ArrayList<>();

  private MethodForecasts(
      FileAccess access, List<PlanSourceInfo> sources, PlanRequest request, @Nullable Path parent) {
    this.access = access;
    this.sources = sources;
    this.request = request;
    this.parent = parent;
  }

  /**
   * Asks the mounts.
   *
   * @throws PlanException when no allowed method can work for a source, or a root cannot be opened
   */
  static MethodForecasts of(FileAccess access, List<PlanSourceInfo> sources, PlanRequest request)
      throws PlanException {
    List<String> problems = new ArrayList<>();
    if (request.target().isObjects()) {
      MethodForecasts forecasts = new MethodForecasts(access, sources, request, null);
      sources.forEach(source -> forecasts.addCopied(source, problems));
      if (!problems.isEmpty()) {
        throw new PlanException(problems);
      }
      return forecasts;
    }
    Path parent = SourceResolver.existing(Digests.folderOf(request.target().folder()));
    MethodForecasts forecasts = new MethodForecasts(access, sources, request, parent);
    try (Folder target = access.open(parent)) {
      for (PlanSourceInfo source : sources) {
        forecasts.add(source, target, problems);
      }
    } catch (Fault e) {
      throw new PlanException("target " + request.target() + " cannot be made: " + e.getMessage());
    }
    if (!problems.isEmpty()) {
      throw new PlanException(problems);
    }
    return forecasts;
  }

  /** Objects, and what becomes objects, can be copied and nothing else. */
  private void addCopied(PlanSourceInfo source, List<String> problems) {
    expected.add(new SourceMethods(EnumSet.of(LinkMethod.COPY), true, false));
    rules.add(new LinkRules(caller, LinkLimits.of("")));
    if (!source.root().isObjects()) {
      try (Folder root = access.open(source.root().folder())) {
        root.volume();
      } catch (Fault e) {
        problems.add(unopened(source, e));
      }
    }
  }

  private static String unopened(PlanSourceInfo source, Fault e) {
    return "source `" + source.name() + "`: its folder cannot be opened: " + e.getMessage();
  }

  private void add(PlanSourceInfo source, Folder target, List<String> problems) {
    if (source.root().isObjects()) {
      addCopied(source, problems);
      return;
    }
    List<LinkMethod> order = request.recipe().link();
    try (Folder root = access.open(source.root().folder())) {
      Set<LinkMethod> works = EnumSet.noneOf(LinkMethod.class);
      for (LinkMethod method : order) {
        if (MethodForecast.isExpected(method, root, target)) {
          works.add(method);
        }
      }
      expected.add(new SourceMethods(works, true, MethodForecast.isShared(root, target)));
      rules.add(new LinkRules(caller, LinkLimits.of(root.volume().type())));
      // Only a trial tells where blocks can be shared that no list foresees.
      if (works.isEmpty() && !order.contains(LinkMethod.REFLINK)) {
        problems.add(noMethod(source));
      }
    } catch (Fault e) {
      problems.add(unopened(source, e));
    }
  }

  private String noMethod(PlanSourceInfo source) {
    return "source `%s`: no allowed method (%s) works from %s to %s: add `copy` to `link`"
        .formatted(
            source.name(),
            String.join(", ", request.recipe().link().stream().map(LinkMethod::word).toList()),
            source.root(),
            parent == null ? request.target() : parent);
  }

  /** By which hard links to the files of a source are foreseen. */
  LinkRules rules(PlanSourceInfo source) {
    return rules.get(source.index());
  }

  /** Whether names that differ in case are one where the target will be; no when it is unknown. */
  boolean foldsCase() {
    if (!isTried() || parent == null) {
      return false;
    }
    try (Folder target = access.open(parent);
        ProbeFolder scratch = ProbeFolder.make(target)) {
      return scratch.foldsCase() == Known.YES;
    } catch (Fault e) {
      // Nothing can be made there: settling says so.
      return false;
    }
  }

  /** A plan that is only compared with what was published tries nothing. */
  private boolean isTried() {
    return request.targetCheck() == PlanRequest.TargetCheck.MUST_BE_FREE;
  }

  /**
   * Tries the methods with chosen files.
   *
   * @param links in recipe order
   * @throws PlanException when no allowed method works for a source
   */
  MethodPlan settle(List<SourceLinks> links, Warnings warnings) throws PlanException {
    List<SourceMethods> methods =
        isTried() && parent != null ? tried(parent, links, warnings) : expected;
    List<String> problems = new ArrayList<>();
    for (PlanSourceInfo source : sources) {
      if (links.get(source.index()).files() > 0 && methods.get(source.index()).works().isEmpty()) {
        problems.add(noMethod(source));
      }
    }
    if (!problems.isEmpty()) {
      throw new PlanException(problems);
    }
    return new MethodPlan(sources, links, methods, request.recipe().link());
  }

  private List<SourceMethods> tried(Path parent, List<SourceLinks> links, Warnings warnings) {
    List<SourceMethods> methods = new ArrayList<>(expected);
    try (Folder target = access.open(parent);
        ProbeFolder scratch = ProbeFolder.make(target)) {
      MethodTrials trials = new MethodTrials(access, request.recipe().link(), scratch);
      for (PlanSourceInfo source : sources) {
        int at = source.index();
        if (links.get(at).files() > 0 && !source.root().isObjects()) {
          methods.set(at, trials.run(source, links.get(at), expected.get(at)));
        }
      }
    } catch (Fault e) {
      warnings.addForecast(
          "the methods are foretold from the mounts alone, nothing could be tried in %s: %s"
              .formatted(parent, e.getMessage()));
    }
    return methods;
  }

  /** Whether what is to be made fits where the target will be. */
  void requireRoom(MethodPlan methods, long folders, Warnings warnings) throws PlanException {
    if (!isTried() || parent == null) {
      return;
    }
    try (Folder target = access.open(parent)) {
      Room room = Room.in(target);
      List<String> problems = room.problems(methods.bytesCopied(), methods.inodes() + folders);
      if (!problems.isEmpty()) {
        List<String> lines = new ArrayList<>(problems);
        lines.addAll(methods.copiedSources());
        lines.add(Room.ADVICE);
        throw new PlanException(lines);
      }
      room.doubt(methods.bytesCopied()).ifPresent(warnings::addForecast);
    } catch (Fault e) {
      warnings.addForecast("the room in " + parent + " cannot be told: " + e.getMessage());
    }
  }
}
