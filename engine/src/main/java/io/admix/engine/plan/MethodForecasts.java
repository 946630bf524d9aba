package io.admix.engine.plan;

import io.admix.core.name.ByteCount;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.report.MethodCount;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.MethodForecast;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Which method will place the files of each source, from what the mounts say of themselves; nothing
 * is tried.
 */
final class MethodForecasts {
  private final List<PlanSourceInfo> sources;
  private final List<LinkMethod> methods = new ArrayList<>();
  private final Path parent;
  private final long bytesFree;

  private MethodForecasts(List<PlanSourceInfo> sources, Path parent, long bytesFree) {
    this.sources = sources;
    this.parent = parent;
    this.bytesFree = bytesFree;
  }

  /**
   * Asks the mounts.
   *
   * @throws PlanException when no allowed method can work for a source, or a root cannot be opened
   */
  static MethodForecasts of(FileAccess access, List<PlanSourceInfo> sources, PlanRequest request)
      throws PlanException {
    Path parent = SourceResolver.existing(Digests.folderOf(request.target()));
    List<String> problems = new ArrayList<>();
    try (Folder target = access.open(parent)) {
      MethodForecasts forecasts = new MethodForecasts(sources, parent, target.volume().bytesFree());
      for (PlanSourceInfo source : sources) {
        forecasts.add(access, source, target, request.recipe().link(), problems);
      }
      if (!problems.isEmpty()) {
        throw new PlanException(problems);
      }
      return forecasts;
    } catch (Fault e) {
      throw new PlanException("target " + request.target() + " cannot be made: " + e.getMessage());
    }
  }

  private void add(
      FileAccess access,
      PlanSourceInfo source,
      Folder target,
      List<LinkMethod> order,
      List<String> problems) {
    try (Folder root = access.open(source.root())) {
      Optional<LinkMethod> method = MethodForecast.forecast(root, target, order);
      method.ifPresentOrElse(
          methods::add,
          () ->
              problems.add(
                  "source `%s`: no allowed method (%s) works from %s to %s: add `copy` to `link`"
                      .formatted(
                          source.name(),
                          String.join(", ", order.stream().map(LinkMethod::word).toList()),
                          source.root(),
                          parent)));
    } catch (Fault e) {
      problems.add(
          "source `" + source.name() + "`: its folder cannot be opened: " + e.getMessage());
    }
  }

  /** Files and bytes per method, in the order of the enum. */
  SequencedMap<LinkMethod, MethodCount> counts(List<MethodCount> perSource) {
    Map<LinkMethod, MethodCount> counts = new EnumMap<>(LinkMethod.class);
    for (int i = 0; i < perSource.size(); i++) {
      MethodCount count = perSource.get(i);
      if (count.files() > 0) {
        counts.merge(methods.get(i), count, (a, b) -> a.plus(b.files(), b.bytes()));
      }
    }
    return new LinkedHashMap<>(counts);
  }

  /** What a person should know of the methods. */
  void warn(List<MethodCount> perSource, Warnings warnings) {
    long copied = 0;
    for (int i = 0; i < perSource.size(); i++) {
      if (methods.get(i) == LinkMethod.SYMLINK && perSource.get(i).files() > 0) {
        warnings.add(
            "source `%s`: %s when %s is moved or changed; `link: [copy]` unties them"
                .formatted(
                    sources.get(i).name(),
                    symbolicLinks(perSource.get(i).files()),
                    sources.get(i).root()));
      }
      copied += methods.get(i) == LinkMethod.COPY ? perSource.get(i).bytes() : 0;
    }
    if (copied > bytesFree) {
      warnings.addForecast(
          "%s are to be copied, but %s has room for %s only"
              .formatted(ByteCount.words(copied), parent, ByteCount.words(bytesFree)));
    }
  }

  private static String symbolicLinks(long files) {
    return files == 1
        ? "1 file becomes a symbolic link, which breaks"
        : "%,d files become symbolic links, which break".formatted(files);
  }
}
