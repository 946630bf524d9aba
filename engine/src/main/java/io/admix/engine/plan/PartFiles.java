package io.admix.engine.plan;

import io.admix.core.recipe.Layout;
import io.admix.engine.sort.ExternalSorter;
import io.admix.engine.sort.RecordCursor;
import io.admix.engine.sort.RecordFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The chosen files of all parts, read in canonical order: of each source part after part, or target
 * folder by target folder where the layout shards, and the sources merged. One file for each source
 * is open at a time.
 */
final class PartFiles implements Chosen {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path work;
  private final List<PartChoice> parts;
  private final List<PlanSourceInfo> sources;
  private final boolean isSharded;
  private final ChosenFiles here;
  private final ExternalSorter reserves;

  /**
   * @param parts in the order of their datasets' parts
   * @param here of the sources that are folders; closed with this
   * @param scratch where reserves are sorted
   */
  PartFiles(
      Path work,
      List<PartChoice> parts,
      List<PlanSourceInfo> sources,
      Layout layout,
      ChosenFiles here,
      Path scratch) {
    this.work = work;
    this.parts = List.copyOf(parts);
    this.sources = sources;
    this.isSharded = layout == Layout.SHARDED;
    this.here = here;
    this.reserves = new ExternalSorter(scratch, ChosenFiles.MEMORY_BYTES / 4);
  }

  /** Reads all reserves once, since they stand in order of rank over all parts. */
  void sortReserves() throws IOException {
    for (PartChoice part : parts) {
      for (PartChoice.Section section : part.sections()) {
        Range range = new Range(part.file(), section.reservesFrom(), section.reservesTo());
        try (RecordCursor cursor = new Ranges(List.of(range).iterator())) {
          while (cursor.advance()) {
            reserves.add(cursor.array(), cursor.offset(), cursor.length());
          }
        }
      }
    }
  }

  /** Main entries of one source. */
  long files(int source) {
    return parts.stream()
        .flatMap(part -> part.sections().stream())
        .filter(section -> section.source() == source)
        .mapToLong(PartChoice.Section::files)
        .sum();
  }

  @Override
  public RecordCursor mains() throws IOException {
    List<RecordCursor> cursors = new ArrayList<>();
    cursors.add(here.mains());
    for (PlanSourceInfo source : sources) {
      cursors.add(new Ranges(ranges(source.index())));
    }
    return RecordCursor.merged(cursors);
  }

  private Iterator<Range> ranges(int source) {
    record At(String file, PartChoice.Section section) {}
    List<At> sections = new ArrayList<>();
    for (PartChoice part : parts) {
      for (PartChoice.Section section : part.sections()) {
        if (section.source() == source && section.files() > 0) {
          sections.add(new At(part.file(), section));
        }
      }
    }
    int shards = isSharded ? PartChooser.SHARDS : 1;
    return java.util.stream.IntStream.range(0, shards)
        .boxed()
        .flatMap(shard ->
            sections.stream()
                .map(at ->
                    new Range(at.file, at.section.begins()[shard], at.section.begins()[shard + 1])))
        .filter(range -> range.from < range.to)
        .iterator();
  }

  @Override
  public RecordCursor reserves() throws IOException {
    return RecordCursor.merged(List.of(here.reserves(), reserves.read()));
  }

  @Override
  public void close() {
    here.close();
    reserves.close();
  }

  private record Range(String file, long from, long to) {}

  /** Some records of one file after some of another. */
  private final class Ranges implements RecordCursor {
    private final Iterator<Range> next;
    private RecordFile.@Nullable Reader open;

    Ranges(Iterator<Range> next) {
      this.next = next;
    }

    @Override
    public boolean advance() throws IOException {
      while (open == null || !open.advance()) {
        close();
        if (!next.hasNext()) {
          return false;
        }
        Range range = next.next();
        open = new RecordFile(work.resolve(range.file)).read(BUFFER_BYTES, range.from, range.to);
      }
      return true;
    }

    private RecordFile.Reader reader() {
      return Objects.requireNonNull(open, "the cursor stands on a record");
    }

    @Override
    public byte[] array() {
      return reader().array();
    }

    @Override
    public int offset() {
      return reader().offset();
    }

    @Override
    public int length() {
      return reader().length();
    }

    @Override
    public void close() throws IOException {
      if (open != null) {
        open.close();
        open = null;
      }
    }
  }
}
