package io.admix.engine.plan;

import io.admix.core.name.Printable;
import io.admix.core.plan.PlanEntry;
import io.admix.core.plan.PlanEntry.Seen;
import io.admix.engine.place.LazyStore;
import io.admix.engine.place.ObjectFacts;
import io.admix.engine.place.StoreTrouble;
import io.admix.files.LinkRules.Verdict;
import io.admix.files.object.FaultKind;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectStat;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes entries of chosen objects. What a listing said of one is taken as it is, without a request:
 * its entity tag is checked when it is placed. Of which no listing told is asked by one HEAD. Used
 * by one thread at a time.
 */
final class ObjectLooks {
  private final LazyStore objects;
  private final List<PlanSourceInfo> sources;
  private long archived;
  private long asked;
  private long changedSizes;

  ObjectLooks(LazyStore objects, List<PlanSourceInfo> sources) {
    this.objects = objects;
    this.sources = sources;
  }

  Looker.Looked look(Looker.Chosen file) {
    RowTail tail = RowTail.parse(file.row());
    if (tail != null) {
      archived += tail.isArchived() ? 1 : 0;
      String row = tail.row().isEmpty() ? null : tail.row();
      return looked(file, file.size(), Seen.ofObject(file.modifiedNs()), row, tail.etag());
    }
    ObjectStat stat = head(file);
    if (stat == null) {
      return looked(file, file.size(), Seen.NOTHING, file.row(), null);
    }
    archived += ObjectFacts.of(stat).isArchived() ? 1 : 0;
    changedSizes += stat.size() == file.size() ? 0 : 1;
    long modifiedNs = Math.multiplyExact(stat.modifiedMs(), 1_000_000L);
    return looked(file, stat.size(), Seen.ofObject(modifiedNs), file.row(), stat.etag());
  }

  private @Nullable ObjectStat head(Looker.Chosen file) {
    String path = file.folder().isEmpty() ? file.name() : file.folder() + "/" + file.name();
    PlanSourceInfo source = sources.get(file.source());
    try {
      asked++;
      return objects.open().head(source.root().objects().object(path), null).stat();
    } catch (ObjectFault e) {
      if (e.kind() == FaultKind.NO_SUCH_KEY) {
        return null;
      }
      throw new UncheckedIOException(
          new UnreadableException(
              "source `%s`: %s cannot be looked at: %s"
                  .formatted(source.name(), Printable.of(path), StoreTrouble.words(e)),
              e));
    } catch (IllegalArgumentException e) {
      // No object can have such a key.
      return null;
    }
  }

  private static Looker.Looked looked(
      Looker.Chosen file, long size, Seen seen, @Nullable String row, @Nullable String etag) {
    return new Looker.Looked(
        new PlanEntry(
            file.source(),
            file.folder(),
            file.name(),
            file.target(),
            file.targetName(),
            size,
            seen,
            row,
            null,
            etag),
        Verdict.FREE);
  }

  /** Objects that must be restored before they can be read. */
  long archived() {
    return archived;
  }

  /** Objects that a HEAD was sent for. */
  long asked() {
    return asked;
  }

  /** Objects whose size is not what the catalogue says. */
  long changedSizes() {
    return changedSizes;
  }
}
