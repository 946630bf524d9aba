package io.admix.engine.plan;

import io.admix.core.name.Printable;
import io.admix.core.plan.PlanEntry;
import io.admix.core.plan.PlanEntry.Seen;
import io.admix.engine.flow.Abreast;
import io.admix.engine.place.LazyStore;
import io.admix.engine.place.ObjectFacts;
import io.admix.engine.place.StoreTrouble;
import io.admix.files.LinkRules.Verdict;
import io.admix.files.object.FaultKind;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectKey;
import io.admix.files.object.ObjectStat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes entries of chosen objects. What a listing said of one is taken as it is, without a request:
 * its entity tag is checked when it is placed. Of which no listing told is asked by one HEAD, many
 * at a time where a batch is known. Memory holds one batch. Used by one thread at a time.
 */
final class ObjectLooks {
  /** Requests of one looker at a time; there are two of these. */
  private static final int AT_ONCE_MAX = 16;

  private final LazyStore objects;
  private final List<PlanSourceInfo> sources;
  private final Map<ObjectKey, Optional<ObjectStat>> heads = new ConcurrentHashMap<>();
  private long archived;
  private long asked;
  private long changedSizes;

  ObjectLooks(LazyStore objects, List<PlanSourceInfo> sources) {
    this.objects = objects;
    this.sources = sources;
  }

  /**
   * Asks for all of a batch of which no listing told, many at a time; they are {@link #look looked
   * at} next. What was asked before is forgotten.
   */
  void ask(List<Looker.Chosen> batch) {
    heads.clear();
    try (Abreast requests = new Abreast(atOnce())) {
      for (Looker.Chosen file : batch) {
        if (isUnknown(file)) {
          ask(file, requests);
        }
      }
      requests.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A request that waits long for a connection is given up. */
  private int atOnce() {
    return Math.clamp(objects.connections() / 2, 1, AT_ONCE_MAX);
  }

  private boolean isUnknown(Looker.Chosen file) {
    return file.look() == null
        && sources.get(file.source()).root().isObjects()
        && RowTail.parse(file.row()) == null;
  }

  private void ask(Looker.Chosen file, Abreast requests) throws IOException {
    ObjectKey key = key(file);
    if (key != null) {
      requests.run(() -> heads.put(key, Optional.ofNullable(head(key, file))));
    }
  }

  /** Null where no object can have such a key. */
  private @Nullable ObjectKey key(Looker.Chosen file) {
    try {
      return sources.get(file.source()).root().objects().object(path(file));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String path(Looker.Chosen file) {
    return file.folder().isEmpty() ? file.name() : file.folder() + "/" + file.name();
  }

  Looker.Looked look(Looker.Chosen file) {
    RowTail tail = RowTail.parse(file.row());
    if (tail != null) {
      archived += tail.isArchived() ? 1 : 0;
      String row = tail.row().isEmpty() ? null : tail.row();
      return looked(file, file.size(), Seen.ofObject(file.modifiedNs()), row, tail.etag());
    }
    ObjectStat stat = stat(file);
    if (stat == null) {
      return looked(file, file.size(), Seen.NOTHING, file.row(), null);
    }
    archived += ObjectFacts.of(stat).isArchived() ? 1 : 0;
    changedSizes += stat.size() == file.size() ? 0 : 1;
    long modifiedNs = Math.multiplyExact(stat.modifiedMs(), 1_000_000L);
    return looked(file, stat.size(), Seen.ofObject(modifiedNs), file.row(), stat.etag());
  }

  private @Nullable ObjectStat stat(Looker.Chosen file) {
    asked++;
    ObjectKey key = key(file);
    Optional<ObjectStat> known = key == null ? Optional.empty() : heads.get(key);
    try {
      // One that is looked at by itself, in no batch, is asked here.
      return known != null ? known.orElse(null) : head(Objects.requireNonNull(key), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable ObjectStat head(ObjectKey key, Looker.Chosen file) throws IOException {
    try {
      return objects.open().head(key, null).stat();
    } catch (ObjectFault e) {
      if (e.kind() == FaultKind.NO_SUCH_KEY) {
        return null;
      }
      throw new UnreadableException(
          "source `%s`: %s cannot be looked at: %s"
              .formatted(
                  sources.get(file.source()).name(),
                  Printable.of(path(file)),
                  StoreTrouble.words(e)),
          e);
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
