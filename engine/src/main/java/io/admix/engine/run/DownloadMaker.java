package io.admix.engine.run;

import io.admix.core.plan.PlanEntry;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.place.Place;
import io.admix.files.FailureReason;
import io.admix.files.Fault;
import io.admix.files.Folder;
import io.admix.files.PlacingStoppedException;
import io.admix.files.Stat;
import io.admix.files.object.FaultKind;
import io.admix.files.object.ObjectExpected;
import io.admix.files.object.ObjectFailure;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectKey;
import io.admix.files.object.ObjectOutcome;
import io.admix.files.object.ObjectStream;
import io.admix.files.object.SourceLook;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes files out of objects, below staging: a file has its name when all bytes have come and have
 * the checksum that the store keeps, and the time at which the object was written. What holds a
 * name already was left by an attempt that could not record it, and is made again.
 */
final class DownloadMaker implements EntryMaker {
  private final DownloadMakers all;
  private final List<Place> places;
  private final TargetCursor target;
  private @Nullable Stat made;
  private EntryResult.@Nullable Failed failed;

  DownloadMaker(DownloadMakers all) {
    this.all = all;
    this.places = ObjectMakers.places(all.roots());
    this.target = new TargetCursor(all.targets());
  }

  @Override
  public EntryResult make(PlanEntry entry) throws PlacingStoppedException {
    made = null;
    failed = null;
    ObjectOutcome outcome;
    try {
      ObjectKey source = ObjectMakers.source(places.get(entry.source()), entry);
      outcome = all.patience().outcome(() -> attempt(entry, source));
    } catch (IllegalArgumentException e) {
      // No object can have this key.
      return new EntryResult.Failed(FailureReason.UNSAFE_PATH, String.valueOf(e.getMessage()));
    }
    Stat stat = made;
    if (stat != null) {
      return new EntryResult.Placed(LinkMethod.COPY, stat.inode(), stat.size(), stat.modifiedNs());
    }
    EntryResult.Failed here = failed;
    if (here != null) {
      return here;
    }
    return outcome instanceof ObjectOutcome.Failed bySource
        ? ObjectMaker.failed(bySource)
        : new EntryResult.Failed(
            FailureReason.IO_ERROR, "nothing was made of " + entry.sourcePath());
  }

  private ObjectOutcome attempt(PlanEntry entry, ObjectKey source)
      throws ObjectFault, PlacingStoppedException {
    String etag = entry.etag();
    try {
      if (etag == null) {
        all.store().head(source, null);
        return new ObjectOutcome.Failed(
            ObjectFailure.SOURCE_CHANGED,
            source + " is there now, but was not when it was planned");
      }
      return write(entry, source, new ObjectExpected(etag, entry.size()));
    } catch (ObjectFault f) {
      return bySource(source, f);
    }
  }

  /** Bytes without their checksum may come right the next time. */
  private static ObjectOutcome bySource(ObjectKey source, ObjectFault fault) throws ObjectFault {
    return fault.kind() == FaultKind.CORRUPTED
        ? new ObjectOutcome.Failed(ObjectFailure.UNKNOWN, fault.words())
        : SourceLook.failed(source, fault);
  }

  private ObjectOutcome write(PlanEntry entry, ObjectKey source, ObjectExpected expected)
      throws ObjectFault, PlacingStoppedException {
    Folder folder = target.at(entry.targetFolder());
    try {
      // Its bytes may never have reached the disk, and no checksum of them is kept.
      Stat other = all.leftovers().remove(folder, entry.targetName());
      if (other != null) {
        failed = taken(entry, folder, "is taken by something that is not ours: " + other);
      } else if (entry.size() == 0) {
        all.store().head(source, expected.etag());
        made = folder.bytes().write(entry.targetName(), nothing(), 0, entry.seen().modifiedNs());
      } else {
        try (ObjectStream bytes = ObjectStream.open(all.store(), source, expected)) {
          made =
              folder
                  .bytes()
                  .write(entry.targetName(), bytes, entry.size(), entry.seen().modifiedNs());
        }
      }
    } catch (ObjectFault f) {
      throw f;
    } catch (Fault f) {
      failed = atTarget(entry, folder, f);
    } catch (IOException e) {
      throw new PlacingStoppedException(
          "%s could not be read: %s. Resume; what was placed stays.".formatted(source, e), true, e);
    }
    return new ObjectOutcome.Failed(ObjectFailure.REFUSED, "");
  }

  private static java.io.InputStream nothing() {
    return java.io.InputStream.nullInputStream();
  }

  private static EntryResult.Failed atTarget(PlanEntry entry, Folder folder, Fault fault)
      throws PlacingStoppedException {
    String path = folder.path() + "/" + entry.targetName();
    return switch (fault.errno()) {
      case EEXIST -> taken(entry, folder, "was taken while it was fetched");
      case EIO -> new EntryResult.Failed(FailureReason.IO_ERROR, words(fault));
      case ENAMETOOLONG -> new EntryResult.Failed(FailureReason.NO_METHOD, words(fault));
      case ENOSPC, EDQUOT -> throw PlacingStoppedException.noRoomForFolder(folder, path, fault);
      default ->
          throw new PlacingStoppedException(
              words(fault)
                  + ". Mend the cause (rights, a mount that is read-only, a staging folder that was moved), then resume; what was placed stays.",
              true,
              fault);
    };
  }

  private static EntryResult.Failed taken(PlanEntry entry, Folder folder, String how) {
    return new EntryResult.Failed(
        FailureReason.CONFLICT, folder.path() + "/" + entry.targetName() + " " + how);
  }

  private static String words(Fault fault) {
    return String.valueOf(fault.getMessage());
  }

  @Override
  public void removeLeftover(PlanEntry entry) throws PlacingStoppedException {
    target.removeLeftover(entry);
  }

  @Override
  public void endRun() {
    target.leave();
  }

  @Override
  public void close() {
    target.close();
  }
}
