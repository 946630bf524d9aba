package io.admix.engine.plan;

import io.admix.catalog.FileRow;
import io.admix.core.select.RankHistogram;
import io.admix.engine.plan.PartWorkers.Keeping;
import io.admix.engine.plan.PartWorkers.KeptWork;
import io.admix.engine.plan.PartWorkers.PartToRead;
import io.admix.engine.plan.PartWorkers.RowWork;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Candidates of which those on datasets lie in parts on many machines. Parts are read once; twice
 * where much fewer files can be chosen than there are: the first reading counts, so that the second
 * keeps only what may be chosen. Memory is fixed: some histograms, and a few words for each part.
 */
final class SpreadCandidates implements Candidates {
  /** Bytes of packed histograms of all parts together. */
  private static final long HISTOGRAMS_BYTES = 96L << 20;

  private static final int HISTOGRAM_BITS_MIN = 8;

  private final PartScope scope;
  private final List<PlanSourceInfo> sources;
  private final Spools here;
  private final PartWorkers workers;
  private final Progress progress;
  private final Map<Integer, RankHistogram> histograms = new HashMap<>();
  private final @Nullable PartSeen[] seen;

  SpreadCandidates(
      PartScope scope,
      List<PlanSourceInfo> sources,
      Spools here,
      PartWorkers workers,
      Progress progress) {
    this.scope = scope;
    this.sources = sources;
    this.here = here;
    this.workers = workers;
    this.progress = progress;
    this.seen = new PartSeen[scope.groups().length];
  }

  /** Work that reads a part. */
  private record Counting(PartScope scope, int bits, long[] none) implements RowWork<PartSeen> {
    @Override
    public PartSeen work(int part, Iterator<FileRow> rows) {
      PartReading reading =
          new PartReading(scope.open(part), bits, none, (source, candidate) -> {});
      while (reading.advance(rows)) {
        // Counted there.
      }
      return reading.seen();
    }
  }

  private record Kept(PartScope scope, int[] bits, long[] bounds) implements Keeping {
    @Override
    public Iterator<byte[]> keep(int part, Iterator<FileRow> rows) {
      return new PartBlocks(scope.open(part), bits[part], bounds, rows);
    }
  }

  /** Only to have it made, and to know what was seen. */
  private record Making() implements KeptWork<PartSeen> {
    @Override
    public PartSeen work(int part, Iterator<byte[]> kept, PartWorkers.Worker worker)
        throws IOException {
      return PartBlocks.forEach(kept, (source, candidate) -> {});
    }
  }

  private record Gathered(List<Gatherer.Packed> answers, PartSeen seen) implements Serializable {}

  private record Gathering(List<Question> questions) implements KeptWork<Gathered> {
    @Override
    public Gathered work(int part, Iterator<byte[]> kept, PartWorkers.Worker worker)
        throws IOException {
      List<Gatherer> gatherers = questions.stream().map(Question::gatherer).toList();
      PartSeen seen =
          PartBlocks.forEach(
              kept,
              (source, candidate) -> {
                for (int i = 0; i < questions.size(); i++) {
                  if (questions.get(i).source() == source) {
                    questions.get(i).show(candidate, gatherers.get(i));
                  }
                }
              });
      return new Gathered(
          new ArrayList<>(gatherers.stream().map(Gatherer::packed).toList()),
          seen.withoutHistograms());
    }
  }

  /**
   * Reads all parts.
   *
   * @param parts with the rows that they must have
   * @param most per group how many of the lowest ranks can be asked for at all
   */
  void read(List<PartToRead> parts, long[] most)
      throws IOException, InterruptedException, PlanException {
    int bits = histogramBits();
    sources.stream()
        .filter(PartScope::isSpread)
        .forEach(source -> histograms.put(source.index(), new RankHistogram(bits)));
    List<PartToRead> counted = partsToCount(parts, most);
    long[] bounds = new long[sources.size()];
    if (!counted.isEmpty()) {
      progress.step("counting " + words(counted.size()));
      workers.overRows(counted, new Counting(scope, bits, bounds), listening());
      requireWhole(counted);
    }
    Arrays.fill(bounds, -1L);
    for (PartToRead part : counted) {
      for (PlanSourceInfo source : groupOf(part.index())) {
        bounds[source.index()] = ranks(source.index()).bound(most[source.group()]);
      }
    }
    int[] bitsOf = new int[scope.groups().length];
    Arrays.setAll(bitsOf, part -> seen[part] == null ? bits : 0);
    progress.step("reading " + words(parts.size()));
    workers.keep(parts, new Kept(scope, bitsOf, bounds));
    workers.overKept(new Making(), listening());
    requireWhole(parts);
  }

  private static String words(int parts) {
    return parts == 1 ? "1 part" : parts + " parts";
  }

  /** Those of datasets of which most will never be asked for. */
  private List<PartToRead> partsToCount(List<PartToRead> parts, long[] most) {
    long[] rows = new long[sources.size()];
    for (PartToRead part : parts) {
      rows[scope.groups()[part.index()]] += part.part().rows();
    }
    return parts.stream()
        .filter(part -> {
          int group = scope.groups()[part.index()];
          return most[group] < rows[group] / 2;
        })
        .toList();
  }

  private int histogramBits() {
    long perPart = 0;
    for (int part = 0; part < scope.groups().length; part++) {
      perPart += groupOf(part).size();
    }
    int bits = RankHistogram.BITS_MAX;
    while (bits > HISTOGRAM_BITS_MIN && perPart << bits > HISTOGRAMS_BYTES) {
      bits--;
    }
    return bits;
  }

  private List<PlanSourceInfo> groupOf(int part) {
    return sources.stream().filter(source -> source.group() == scope.groups()[part]).toList();
  }

  private RankHistogram ranks(int source) {
    return Objects.requireNonNull(histograms.get(source), "the source is on a dataset");
  }

  private Listening<PartSeen> listening() {
    return new Listening<>(progress, (answer, part) -> take(part, answer));
  }

  private void take(int part, PartSeen answer) {
    List<byte[]> counted = answer.histograms();
    List<PlanSourceInfo> group = groupOf(part);
    for (int i = 0; i < counted.size(); i++) {
      ranks(group.get(i).index()).mergePacked(counted.get(i));
    }
    progress.count(answer.rows());
    note(part, answer);
  }

  /** What another reading saw must be what the first saw. */
  private void note(int part, PartSeen answer) {
    PartSeen before = seen[part];
    boolean isChanged = before != null && !before.isSame(answer);
    seen[part] =
        isChanged
            ? new PartSeen(
                answer.rows(),
                answer.duplicates(),
                answer.ranks(),
                answer.first(),
                answer.last(),
                List.of(),
                "it has changed while it was read")
            : answer.withoutHistograms();
  }

  private void requireWhole(List<PartToRead> parts) throws PlanException {
    PartProblems.require(parts, seen);
  }

  /** Rows of files that had a row before, in all parts of a group. */
  long duplicates(int group) {
    long duplicates = 0;
    for (int part = 0; part < seen.length; part++) {
      PartSeen of = seen[part];
      duplicates += of != null && scope.groups()[part] == group ? of.duplicates() : 0;
    }
    return duplicates;
  }

  /** Looks whether a part is as it was read first. */
  boolean isSame(int part, PartSeen later) {
    PartSeen before = seen[part];
    return before != null && before.isSame(later);
  }

  private boolean isHere(int source) {
    return !PartScope.isSpread(sources.get(source));
  }

  @Override
  public long available(int source) {
    return isHere(source) ? here.available(source) : ranks(source).total();
  }

  @Override
  public RankHistogram histogram(int source) {
    return isHere(source) ? here.histogram(source) : ranks(source);
  }

  @Override
  public List<Gatherer> gather(List<Question> questions) throws IOException {
    List<Question> away = questions.stream().filter(q -> !isHere(q.source())).toList();
    List<Gatherer> answers = away.stream().map(Question::gatherer).toList();
    if (!away.isEmpty()) {
      try {
        workers.overKept(
            new Gathering(new ArrayList<>(away)),
            new Listening<Gathered>(
                progress,
                (gathered, part) -> {
                  note(part, gathered.seen());
                  for (int i = 0; i < answers.size(); i++) {
                    answers.get(i).merge(gathered.answers().get(i));
                  }
                }));
      } catch (InterruptedException e) {
        throw new CancellationException("interrupted");
      }
      requireUnchanged();
    }
    List<Gatherer> all = new ArrayList<>();
    for (Question question : questions) {
      all.add(
          isHere(question.source())
              ? here.gather(List.of(question)).getFirst()
              : answers.get(away.indexOf(question)));
    }
    return all;
  }

  private void requireUnchanged() throws UnreadableException {
    for (PartSeen part : seen) {
      if (part != null && part.problem() != null) {
        throw new UnreadableException(
            "a part of the exported catalogue has changed while it was read; export it again with `admix dataset export`",
            null);
      }
    }
  }
}
