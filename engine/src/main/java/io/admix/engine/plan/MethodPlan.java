package io.admix.engine.plan;

import io.admix.core.name.ByteCount;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.report.MethodCount;
import io.admix.files.LinkRules.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** How many files and bytes of each source each method takes. */
final class MethodPlan {
  private static final int SOURCES_SHOWN = 5;

  private final List<PlanSourceInfo> sources;
  private final List<LinkMethod> order;
  private final List<SourceMethods> methods;
  private final List<Map<LinkMethod, MethodCount>> perSource = new ArrayList<>();
  private final List<MethodCount> unplaced = new ArrayList<>();
  private final List<SourceLinks> links;

  /**
   * @param links and {@code methods}: in recipe order
   */
  MethodPlan(
      List<PlanSourceInfo> sources,
      List<SourceLinks> links,
      List<SourceMethods> methods,
      List<LinkMethod> order) {
    this.sources = sources;
    this.links = links;
    this.methods = methods;
    this.order = order;
    for (int i = 0; i < sources.size(); i++) {
      add(links.get(i), methods.get(i));
    }
  }

  private void add(SourceLinks of, SourceMethods how) {
    Map<LinkMethod, MethodCount> counts = new EnumMap<>(LinkMethod.class);
    MethodCount left = MethodCount.NONE;
    for (Verdict verdict : Verdict.values()) {
      MethodCount count = of.count(verdict);
      Optional<LinkMethod> method = how.of(verdict, order);
      if (method.isEmpty()) {
        left = left.plus(count.files(), count.bytes());
      } else if (count.files() > 0) {
        counts.merge(method.get(), count, (a, b) -> a.plus(b.files(), b.bytes()));
      }
    }
    perSource.add(counts);
    unplaced.add(left);
  }

  /** Files and bytes per method, in the order of the enum. */
  SequencedMap<LinkMethod, MethodCount> counts() {
    Map<LinkMethod, MethodCount> counts = new EnumMap<>(LinkMethod.class);
    for (Map<LinkMethod, MethodCount> source : perSource) {
      source.forEach(
          (method, count) -> counts.merge(method, count, (a, b) -> a.plus(b.files(), b.bytes())));
    }
    return new LinkedHashMap<>(counts);
  }

  /** Bytes that copies take; those that share blocks take none. */
  long bytesCopied() {
    long bytes = 0;
    for (int i = 0; i < perSource.size(); i++) {
      bytes += bytesCopied(i);
    }
    return bytes;
  }

  private long bytesCopied(int source) {
    return methods.get(source).sharesBlocks()
        ? 0
        : perSource.get(source).getOrDefault(LinkMethod.COPY, MethodCount.NONE).bytes();
  }

  /** Inodes that the files take: a hard link has none of its own. */
  long inodes() {
    long inodes = 0;
    for (Map<LinkMethod, MethodCount> source : perSource) {
      for (Map.Entry<LinkMethod, MethodCount> entry : source.entrySet()) {
        inodes += entry.getKey() == LinkMethod.HARDLINK ? 0 : entry.getValue().files();
      }
    }
    return inodes;
  }

  /** A line for each source that makes copies or links with inodes, the first few. */
  List<String> copiedSources() {
    List<String> lines = new ArrayList<>();
    int more = 0;
    for (int i = 0; i < sources.size(); i++) {
      String taken = taken(i);
      if (!taken.isEmpty() && lines.size() < SOURCES_SHOWN) {
        lines.add("  source `" + sources.get(i).name() + "`: " + taken);
      } else if (!taken.isEmpty()) {
        more++;
      }
    }
    if (more > 0) {
      lines.add("  … and " + more + " more");
    }
    return lines;
  }

  private String taken(int source) {
    List<String> parts = new ArrayList<>();
    perSource
        .get(source)
        .forEach((method, count) -> {
          if (method != LinkMethod.HARDLINK) {
            parts.add(
                "%s %,d %s (%s)"
                    .formatted(
                        method.word(),
                        count.files(),
                        count.files() == 1 ? "file" : "files",
                        ByteCount.words(count.bytes())));
          }
        });
    return String.join(", ", parts);
  }

  /** What a person should know of the methods. */
  void warn(Warnings warnings) {
    for (int i = 0; i < sources.size(); i++) {
      PlanSourceInfo source = sources.get(i);
      MethodCount tied = perSource.get(i).getOrDefault(LinkMethod.SYMLINK, MethodCount.NONE);
      if (tied.files() > 0) {
        warnings.add(
            "source `%s`: %s when %s is moved or changed; `link: [copy]` unties them"
                .formatted(source.name(), symbolicLinks(tied.files()), source.root()));
      }
      if (order.contains(LinkMethod.HARDLINK)
          && methods.get(i).works().contains(LinkMethod.HARDLINK)) {
        warnOfRefusedLinks(source, links.get(i), warnings);
      }
      if (unplaced.get(i).files() > 0) {
        warnings.addForecast(
            "source `%s`: %,d chosen %s can be placed by no allowed method: add `copy` to `link`"
                .formatted(source.name(), unplaced.get(i).files(), files(unplaced.get(i).files())));
      }
    }
  }

  private void warnOfRefusedLinks(PlanSourceInfo source, SourceLinks of, Warnings warnings) {
    long full = of.count(Verdict.FULL).files();
    if (full > 0) {
      warnings.addForecast(
          "source `%s`: %,d chosen %s as many hard links as the file system allows; the next method takes %s"
              .formatted(source.name(), full, has(full), them(full)));
    }
    MethodCount doubtful = of.count(Verdict.DOUBTFUL);
    long kept =
        of.count(Verdict.PROTECTED).files()
            + (methods.get(source.index()).linksDoubtful() ? 0 : doubtful.files());
    if (kept > 0) {
      warnings.addForecast(
          "source `%s`: %,d chosen %s to others and may not be written by you, so that fs.protected_hardlinks refuses hard links; the next method takes %s"
              .formatted(
                  source.name(), kept, kept == 1 ? "file belongs" : "files belong", them(kept)));
    }
  }

  private static String files(long count) {
    return count == 1 ? "file" : "files";
  }

  private static String has(long count) {
    return count == 1 ? "file has" : "files have";
  }

  private static String them(long count) {
    return count == 1 ? "it" : "them";
  }

  private static String symbolicLinks(long files) {
    return files == 1
        ? "1 file becomes a symbolic link, which breaks"
        : "%,d files become symbolic links, which break".formatted(files);
  }
}
