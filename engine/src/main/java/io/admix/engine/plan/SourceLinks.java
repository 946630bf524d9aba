package io.admix.engine.plan;

import io.admix.core.plan.PlanEntry;
import io.admix.engine.report.MethodCount;
import io.admix.files.LinkRules.Verdict;
import io.admix.files.RealFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts the chosen files of one source by what is foreseen of a hard link to them, and keeps one
 * small file of a kind for a trial. Used by one thread.
 */
final class SourceLinks {
  private final MethodCount[] counts = new MethodCount[Verdict.values().length];
  private final @Nullable Sample[] samples = new Sample[Verdict.values().length];

  /** A chosen file with which methods are tried. */
  record Sample(String folder, String name, long size, @Nullable String realPath) {

    /** Where its bytes are, as a link to it would say. */
    Path path(Path root) {
      return realPath == null ? root.resolve(folder).resolve(name) : Path.of(realPath);
    }

    /** Base name of the file itself. */
    String fileName() {
      return realPath == null ? name : RealFiles.nameOf(realPath);
    }
  }

  SourceLinks() {
    Arrays.fill(counts, MethodCount.NONE);
  }

  static List<SourceLinks> of(List<PlanSourceInfo> sources) {
    return sources.stream().map(source -> new SourceLinks()).toList();
  }

  void add(PlanEntry entry, Verdict verdict) {
    int kind = verdict.ordinal();
    long size = entry.size();
    counts[kind] = counts[kind].plus(1, size);
    Sample sample = samples[kind];
    if (entry.seen().isThere() && (sample == null || size < sample.size())) {
      samples[kind] = new Sample(entry.sourceFolder(), entry.sourceName(), size, entry.realPath());
    }
  }

  MethodCount count(Verdict verdict) {
    return counts[verdict.ordinal()];
  }

  @Nullable Sample sample(Verdict verdict) {
    return samples[verdict.ordinal()];
  }

  /** Any file that was there, the freest first. */
  @Nullable Sample anySample() {
    for (Sample sample : samples) {
      if (sample != null) {
        return sample;
      }
    }
    return null;
  }

  long files() {
    return Arrays.stream(counts).mapToLong(MethodCount::files).sum();
  }
}
