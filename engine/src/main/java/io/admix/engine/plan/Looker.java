package io.admix.engine.plan;

import io.admix.core.plan.PlanEntry;
import io.admix.core.plan.PlanEntry.Seen;
import io.admix.files.LinkRules.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes entries of chosen files: those of datasets are looked at. Used by one thread at a time. */
final class Looker implements AutoCloseable {
  private final List<PlanSourceInfo> sources;
  private final ObjectLooks objects;
  private final EntryStats stats;

  Looker(List<PlanSourceInfo> sources, ObjectLooks objects, EntryStats stats) {
    this.sources = sources;
    this.objects = objects;
    this.stats = stats;
  }

  /**
   * A file that was chosen, and the name that it gets.
   *
   * @param inode 0 when nobody has looked at it yet
   * @param look what was seen of it elsewhere, or null
   * @param row of an object that was listed a {@link RowTail}
   */
  record Chosen(
      int source,
      String folder,
      String name,
      String target,
      String targetName,
      long size,
      long modifiedNs,
      long inode,
      Verdict verdict,
      @Nullable String row,
      PartLooks.@Nullable Look look) {}

  /** An entry, and what is foreseen of a hard link to its file. */
  record Looked(PlanEntry entry, Verdict verdict) {}

  /** Looks at a batch, objects many at a time. */
  List<Looked> look(List<Chosen> batch) {
    objects.ask(batch);
    return batch.stream().map(this::look).toList();
  }

  Looked look(Chosen file) {
    if (file.look() != null) {
      return seenElsewhere(file, file.look());
    }
    PlanSourceInfo source = sources.get(file.source());
    if (source.root().isObjects()) {
      return objects.look(file);
    }
    return source.dataset() == null ? scanned(file) : catalogued(file);
  }

  private Looked seenElsewhere(Chosen file, PartLooks.Look look) {
    Seen seen = stats.takeOver(file.source(), look, file.size());
    PlanEntry entry =
        entry(file, seen.isThere() ? look.size() : file.size(), seen, stats.realPath());
    return new Looked(entry, seen.isThere() ? file.verdict() : Verdict.FREE);
  }

  /** The scan has looked at it. */
  private static Looked scanned(Chosen file) {
    Seen seen = file.inode() == 0 ? Seen.NOTHING : new Seen(file.inode(), file.modifiedNs());
    return new Looked(entry(file, file.size(), seen, null), file.verdict());
  }

  private Looked catalogued(Chosen file) {
    Seen seen = stats.look(file.source(), file.folder(), file.name(), file.size());
    return new Looked(
        entry(file, stats.size(file.size()), seen, stats.realPath()), stats.verdict(file.source()));
  }

  private static PlanEntry entry(Chosen file, long size, Seen seen, @Nullable String real) {
    return new PlanEntry(
        file.source(),
        file.folder(),
        file.name(),
        file.target(),
        file.targetName(),
        size,
        seen,
        file.row(),
        real);
  }

  ObjectLooks objects() {
    return objects;
  }

  EntryStats stats() {
    return stats;
  }

  @Override
  public void close() {
    stats.close();
  }
}
