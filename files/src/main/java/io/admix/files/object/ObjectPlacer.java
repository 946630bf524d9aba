package io.admix.files.object;

import java.util.Map;

/**
 * Makes single objects: never where one is already, out of exactly the source that was planned, and
 * tells what became of it. A copy keeps the bytes, metadata, content headers, tags and storage
 * class of its source (archive classes become STANDARD, since a mix is to be read), and bears our
 * {@link Mark} beside them. Not kept, because no copy keeps them: access lists, locks, versions,
 * redirects; encryption is the target bucket's, or by the key of {@link ObjectSettings}. Safe for
 * use by many threads.
 *
 * <p>Requests per copied object: one HEAD of the source and one CopyObject; in parts two more, one
 * for tags, and one for each part. The HEAD is what the mark costs, and what keeps the storage
 * class, which a copy loses otherwise.
 */
public final class ObjectPlacer {
  private final ObjectStore store;
  private final PartLimits limits;
  private final UploadJournal journal;
  private final Runnable mayGoOn;

  /**
   * @param journal is told of uploads in parts
   */
  public ObjectPlacer(ObjectStore store, PartLimits limits, UploadJournal journal) {
    this(store, limits, journal, () -> {});
  }

  private ObjectPlacer(
      ObjectStore store, PartLimits limits, UploadJournal journal, Runnable mayGoOn) {
    this.store = store;
    this.limits = limits;
    this.journal = journal;
    this.mayGoOn = mayGoOn;
  }

  /**
   * The same, for one who may be replaced while a request is under way.
   *
   * @param asked before each try and each part; throws when nothing more may be made, and then no
   *     upload in parts stays
   */
  public ObjectPlacer asking(Runnable asked) {
    return new ObjectPlacer(store, limits, journal, asked);
  }

  /**
   * Copies within the store.
   *
   * @param expected what the plan saw
   * @param mark by which the copy is known again, for this task and this source
   * @throws ObjectFault when no object at all could be made: {@link FaultKind#isOfAll()}; what was
   *     placed stays
   */
  public ObjectOutcome copy(ObjectKey source, ObjectExpected expected, ObjectKey target, Mark mark)
      throws ObjectFault {
    ObjectHead head;
    try {
      head = store.head(source, expected.etag());
    } catch (ObjectFault f) {
      return SourceLook.failed(source, f);
    }
    if (!expected.matches(head.stat())) {
      return SourceLook.changed(source, expected, head.stat());
    }
    boolean inParts = head.stat().size() > limits.copyAbove();
    Map<String, String> tags = Map.of();
    if (inParts) {
      try {
        tags = tags(source);
      } catch (ObjectFault f) {
        return SourceLook.failed(source, f);
      }
    }
    return new CopyMaking(this, source, head, target, mark, tags, inParts).run();
  }

  /**
   * Makes an object of bytes from elsewhere, checked on the way by CRC-32C.
   *
   * @param name of the source, for messages
   * @param content what the object carries beside the bytes; the mark is added
   * @throws ObjectFault as {@link #copy}
   */
  public ObjectOutcome put(String name, Body body, Content content, ObjectKey target, Mark mark)
      throws ObjectFault {
    return new PutMaking(this, name, body, content, target, mark).run();
  }

  ObjectStore store() {
    return store;
  }

  void requireMayGoOn() {
    mayGoOn.run();
  }

  PartLimits limits() {
    return limits;
  }

  /** Makes an object in parts; nothing of it stays when that fails. */
  ObjectStore.Written inParts(
      ObjectStore.NewObject object, boolean isSent, int count, PartMaker maker) throws ObjectFault {
    // Those that are sent are read from one file, one after the other.
    int atOnce = isSent ? 1 : limits.atOnce();
    journal.beginning(object.key());
    ObjectStore.Upload upload = store.begin(object, isSent);
    try {
      journal.begun(upload);
      ObjectStore.Written written =
          store.complete(
              upload,
              PartCrew.make(
                  object.key(),
                  count,
                  atOnce,
                  n -> {
                    mayGoOn.run();
                    return maker.make(upload, n);
                  }));
      journal.ended(upload);
      return written;
    } catch (ObjectFault | RuntimeException f) {
      abort(upload, f);
      throw f;
    }
  }

  /**
   * Also after a lost answer: an upload that was completed is no upload any more, and its object
   * stays.
   */
  private void abort(ObjectStore.Upload upload, Exception cause) {
    boolean interrupted = Thread.interrupted();
    try {
      store.abort(upload);
      journal.ended(upload);
    } catch (ObjectFault | RuntimeException f) {
      // It stays in the journal, and whoever resumes or cancels aborts it.
      cause.addSuppressed(f);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Map<String, String> tags(ObjectKey source) throws ObjectFault {
    try {
      return store.tags(source);
    } catch (ObjectFault f) {
      if (f.kind() == FaultKind.NOT_IMPLEMENTED) {
        return Map.of();
      }
      throw f;
    }
  }

  /** Makes the n-th part, counted from 1. */
  @FunctionalInterface
  interface PartMaker {
    ObjectStore.Part make(ObjectStore.Upload upload, int number) throws ObjectFault;
  }
}
