package io.admix.engine.run;

import io.admix.core.plan.PlanEntry;
import io.admix.engine.place.Place;
import io.admix.engine.verify.MadeObject;
import io.admix.files.Errno;
import io.admix.files.FailureReason;
import io.admix.files.Fault;
import io.admix.files.Folder;
import io.admix.files.PlacingStoppedException;
import io.admix.files.RealFiles;
import io.admix.files.object.Content;
import io.admix.files.object.FaultKind;
import io.admix.files.object.FileBody;
import io.admix.files.object.Mark;
import io.admix.files.object.ObjectExpected;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectKey;
import io.admix.files.object.ObjectOutcome;
import java.util.List;

/** Makes objects out of objects of the same store, and out of files. */
final class ObjectMaker implements EntryMaker {
  private final ObjectMakers all;
  private final List<Place> places;
  private final SourceCursor files;

  ObjectMaker(ObjectMakers all) {
    this.all = all;
    this.places = ObjectMakers.places(all.roots());
    this.files = new SourceCursor(all.roots());
  }

  @Override
  public EntryResult make(PlanEntry entry) throws PlacingStoppedException {
    Place root = places.get(entry.source());
    try {
      return root.isObjects() ? ofObject(entry, root) : ofFile(entry, root);
    } catch (IllegalArgumentException e) {
      // No object can have this key.
      return new EntryResult.Failed(FailureReason.UNSAFE_PATH, String.valueOf(e.getMessage()));
    }
  }

  private EntryResult ofObject(PlanEntry entry, Place root) throws PlacingStoppedException {
    ObjectKey source = ObjectMakers.source(root, entry);
    String etag = entry.etag();
    if (etag == null) {
      return unseen(source);
    }
    ObjectExpected expected = new ObjectExpected(etag, entry.size());
    Mark mark = ObjectMakers.mark(all.taskId(), root, entry);
    ObjectKey target = target(entry);
    return result(all.patience().outcome(() -> all.placer().copy(source, expected, target, mark)));
  }

  private EntryResult unseen(ObjectKey source) throws PlacingStoppedException {
    return result(
        all.patience()
            .outcome(() -> {
              try {
                all.store().head(source, null);
              } catch (ObjectFault f) {
                return io.admix.files.object.SourceLook.failed(source, f);
              }
              return new ObjectOutcome.Failed(
                  io.admix.files.object.ObjectFailure.SOURCE_CHANGED,
                  source + " is there now, but was not when it was planned");
            }));
  }

  private EntryResult ofFile(PlanEntry entry, Place root) throws PlacingStoppedException {
    files.moveTo(entry);
    EntryResult.Failed failure = files.failure();
    if (failure != null) {
      return failure;
    }
    String real = entry.realPath();
    String name = real == null ? entry.sourceName() : RealFiles.nameOf(real);
    if (!entry.seen().isThere()) {
      return unseen(files.folder(), name);
    }
    FileBody body =
        new FileBody(
            files.folder(),
            name,
            new Folder.Expected(entry.seen().inode(), entry.size(), entry.seen().modifiedNs()));
    Mark mark = ObjectMakers.mark(all.taskId(), root, entry);
    String shown = files.folder().path() + "/" + name;
    ObjectKey target = target(entry);
    return result(
        all.patience().outcome(() -> all.placer().put(shown, body, Content.NONE, target, mark)));
  }

  private static EntryResult unseen(Folder folder, String name) {
    try {
      folder.stat(name);
      return new EntryResult.Failed(
          FailureReason.SOURCE_CHANGED,
          folder.path() + "/" + name + " is there now, but was not when it was planned");
    } catch (Fault e) {
      return new EntryResult.Failed(
          e.errno() == Errno.ENOENT
              ? FailureReason.SOURCE_MISSING
              : FailureReason.SOURCE_UNREADABLE,
          String.valueOf(e.getMessage()));
    }
  }

  private ObjectKey target(PlanEntry entry) {
    return all.target().object(entry.targetPath());
  }

  private static EntryResult result(ObjectOutcome outcome) {
    return switch (outcome) {
      case ObjectOutcome.Placed placed ->
          EntryResult.Placed.ofObject(
              new MadeObject(
                  placed.etag(),
                  placed.version(),
                  placed.proof().isOurs(),
                  placed.proof().isMarked()),
              placed.size());
      case ObjectOutcome.Failed failed -> failed(failed);
    };
  }

  static EntryResult.Failed failed(ObjectOutcome.Failed failed) {
    FailureReason reason =
        switch (failed.reason()) {
          case SOURCE_MISSING -> FailureReason.SOURCE_MISSING;
          case SOURCE_CHANGED -> FailureReason.SOURCE_CHANGED;
          case SOURCE_UNREADABLE -> FailureReason.SOURCE_UNREADABLE;
          case CONFLICT -> FailureReason.CONFLICT;
          case REFUSED -> FailureReason.NO_METHOD;
          case DENIED, THROTTLED, UNKNOWN -> FailureReason.IO_ERROR;
        };
    return new EntryResult.Failed(reason, failed.detail());
  }

  @Override
  public void removeLeftover(PlanEntry entry) throws PlacingStoppedException {
    Mark mark = ObjectMakers.mark(all.taskId(), places.get(entry.source()), entry);
    try {
      all.remover().removeMarked(target(entry), mark);
    } catch (ObjectFault f) {
      if (f.kind() != FaultKind.NO_SUCH_KEY) {
        throw StorePatience.stopped(f);
      }
    }
  }

  @Override
  public void endRun() {
    // Nothing of the target is open.
  }

  @Override
  public void close() {
    files.close();
  }
}
