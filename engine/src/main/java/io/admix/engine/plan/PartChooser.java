package io.admix.engine.plan;

import io.admix.core.recipe.Layout;
import io.admix.engine.plan.PartWorkers.Worker;
import io.admix.engine.sort.ExternalSorter;
import io.admix.engine.sort.RecordCursor;
import io.admix.engine.sort.RecordFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among the candidates of a part, has what was chosen looked at, and writes it into the
 * work folder in canonical order, source by source. By source and flat that is the order of the
 * parts; what is sharded is sorted, with fixed memory.
 *
 * @param work folder that this machine has as the caller has it
 */
record PartChooser(PartScope scope, ChosenFiles.Choice choice, String work)
    implements PartWorkers.KeptWork<PartChoice> {
  /** Target folders of a sharded layout. */
  static final int SHARDS = 256;

  private static final int MEMORY_BYTES = 16 << 20;
  private static final int BUFFER_BYTES = 1 << 16;

  @Override
  public PartChoice work(int part, Iterator<byte[]> kept, Worker worker) throws IOException {
    PartScope.Opened opened = scope.open(part);
    String file = "chosen-" + part + "-" + worker.run();
    try (PartLooking looking = new PartLooking(scope, opened, worker.host());
        Sorted sorted = new Sorted(opened, worker.scratch())) {
      PartSeen seen = PartBlocks.forEach(kept, sorted::add);
      String problem = looking.problem(sorted.sources());
      if (problem == null) {
        problem = workProblem(worker);
      }
      return problem != null
          ? new PartChoice(file, List.of(), seen, problem)
          : new PartChoice(file, write(file, sorted, looking), seen, null);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private @Nullable String workProblem(Worker worker) {
    return java.nio.file.Files.isDirectory(Path.of(work))
        ? null
        : "host %s: the work folder %s is not there: mount it there as where the plan is made"
            .formatted(worker.host(), work);
  }

  private List<PartChoice.Section> write(String file, Sorted sorted, PartLooking looking)
      throws IOException {
    List<PartChoice.Section> sections = new ArrayList<>();
    Path path = Path.of(work).resolve(file);
    try (RecordFile.Writer writer = new RecordFile(path).write(BUFFER_BYTES)) {
      for (Map.Entry<Integer, Sorters> source : sorted.sorters.entrySet()) {
        Sorters sorters = source.getValue();
        long[] begins = writeMains(sorters, sorted.isSharded, looking, writer);
        try (RecordCursor cursor = sorters.reserves.read()) {
          while (cursor.advance()) {
            add(looking.reserve(cursor), writer);
          }
        }
        sections.add(
            new PartChoice.Section(
                source.getKey(), sorters.mains.count(), begins, writer.position()));
      }
      writer.finish();
    }
    return sections;
  }

  private static long[] writeMains(
      Sorters sorters, boolean isSharded, PartLooking looking, RecordFile.Writer writer)
      throws IOException {
    long[] begins = new long[isSharded ? SHARDS + 1 : 2];
    int shard = 0;
    begins[0] = writer.position();
    try (RecordCursor cursor = sorters.mains.read()) {
      while (cursor.advance()) {
        int next = isSharded ? Selection.shard(cursor) : 0;
        Arrays.fill(begins, shard + 1, Math.max(next, shard) + 1, writer.position());
        shard = next;
        add(looking.main(cursor), writer);
      }
    }
    Arrays.fill(begins, shard + 1, begins.length, writer.position());
    return begins;
  }

  private static void add(byte[] record, RecordFile.Writer writer) throws IOException {
    writer.add(record, 0, record.length);
  }

  /** Records of one source. */
  private record Sorters(
      ExternalSorter mains, ExternalSorter reserves, Selection main, Selection reserve) {
    static Sorters of(PartScope.Opened opened, Path scratch, int sources) {
      Layout layout = opened.recipe().layout();
      ExternalSorter mains = new ExternalSorter(scratch, MEMORY_BYTES / sources);
      ExternalSorter reserves = new ExternalSorter(scratch, MEMORY_BYTES / 4 / sources);
      return new Sorters(
          mains,
          reserves,
          new Selection(layout, opened.all(), mains::add),
          new Selection(layout, opened.all(), reserves::add));
    }
  }

  /** What was chosen, until it is looked at. */
  private final class Sorted implements AutoCloseable {
    private final Map<Integer, Sorters> sorters = new TreeMap<>();
    private final boolean isSharded;

    Sorted(PartScope.Opened opened, Path scratch) {
      isSharded = opened.recipe().layout() == Layout.SHARDED;
      for (PlanSourceInfo source : opened.group()) {
        sorters.put(source.index(), Sorters.of(opened, scratch, opened.group().size()));
      }
    }

    void add(int source, Candidate candidate) throws IOException {
      Sorters of = java.util.Objects.requireNonNull(sorters.get(source));
      if (choice.cuts().takes(source, candidate)) {
        of.main.add(source, candidate);
      } else if (choice.reserves().takes(source, candidate)) {
        of.reserve.addReserve(source, candidate);
      }
    }

    /** Sources of which something was chosen. */
    List<Integer> sources() {
      return sorters.keySet().stream()
          .filter(source -> {
            Sorters of = java.util.Objects.requireNonNull(sorters.get(source));
            return of.mains.count() + of.reserves.count() > 0;
          })
          .toList();
    }

    @Override
    public void close() {
      sorters
          .values()
          .forEach(of -> {
            of.mains.close();
            of.reserves.close();
          });
    }
  }
}
