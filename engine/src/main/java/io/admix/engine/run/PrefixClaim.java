package io.admix.engine.run;

import io.admix.catalog.Task;
import io.admix.files.object.Body;
import io.admix.files.object.Content;
import io.admix.files.object.FaultKind;
import io.admix.files.object.Mark;
import io.admix.files.object.ObjectFailure;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectHead;
import io.admix.files.object.ObjectKey;
import io.admix.files.object.ObjectOutcome;
import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectPlacer;
import io.admix.files.object.ObjectRemover;
import io.admix.files.object.ObjectStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * The claim of a task to a prefix: an object that is put before anything else, only where there is
 * none, and removed last. It is to a place of objects what the staging folder is beside a folder.
 */
final class PrefixClaim {
  /** Below the prefix. */
  static final String NAME = ObjectPlace.OWN_FOLDER + "claim.json";

  private static final String WHAT = "claim";

  private final ObjectStore store;
  private final ObjectPlace place;
  private final ObjectKey key;

  PrefixClaim(ObjectStore store, ObjectPlace place) {
    this.store = store;
    this.place = place;
    this.key = place.object(NAME);
  }

  private static Mark mark(String taskId) {
    return Mark.ofOwn(taskId, WHAT);
  }

  /** By which task a claim was put, as far as its mark tells. */
  static String taskOf(ObjectHead claim) {
    return claim
        .mark()
        .map(Mark::value)
        .filter(value -> value.indexOf('/') > 0)
        .map(value -> "task " + value.substring(0, value.indexOf('/')))
        .orElse("somebody else");
  }

  /**
   * The number by which the catalogue knows a claim again, made of its entity tag; never 0, which
   * means that there is none.
   */
  static long identity(String etag) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(etag.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong() & Long.MAX_VALUE | 1;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Puts it; one of the same task that is there already is taken over.
   *
   * @return its identity
   * @throws HaltedException when another task has the prefix
   */
  long put(Task task, ObjectPlacer placer, StorePatience patience) {
    Body body = Body.of(text(task).getBytes(StandardCharsets.UTF_8));
    ObjectOutcome outcome;
    try {
      outcome =
          patience.outcome(() ->
              placer.put(
                  "the claim",
                  body,
                  Content.NONE.ofType("application/json"),
                  key,
                  mark(task.id())));
    } catch (io.admix.files.PlacingStoppedException e) {
      throw HaltedException.failed(
          true, "Nothing can be made below %s: %s".formatted(place, e.getMessage()));
    }
    return switch (outcome) {
      case ObjectOutcome.Placed placed -> identity(placed.etag());
      case ObjectOutcome.Failed failed when failed.reason() == ObjectFailure.CONFLICT ->
          throw HaltedException.failed(
              false,
              "The target %s is claimed by another task: %s Finish or cancel that task, or name another target; nothing was made."
                  .formatted(place, failed.detail()));
      case ObjectOutcome.Failed failed ->
          throw HaltedException.failed(
              true,
              "Nothing can be made below %s: %s. Mend the cause, then resume."
                  .formatted(place, failed.detail()));
    };
  }

  /** The same for every attempt of a task, so that one that is there already is known again. */
  private static String text(Task task) {
    return "{\"admixClaim\":1,\"task\":\"%s\",\"dataset\":\"%s\"}\n"
        .formatted(task.id(), task.datasetId());
  }

  /** What is there, whoever put it. */
  Optional<ObjectHead> look() throws ObjectFault {
    try {
      return Optional.of(store.head(key, null));
    } catch (ObjectFault f) {
      if (f.kind() == FaultKind.NO_SUCH_KEY) {
        return Optional.empty();
      }
      throw f;
    }
  }

  /**
   * @throws HaltedException when it is not the one that the task has committed
   */
  void require(Task task) throws ObjectFault {
    Optional<ObjectHead> found = look();
    if (found.isEmpty()) {
      throw HaltedException.failed(
          true,
          "The claim %s of this task is gone; it is never put again, since another may have taken the place. Nothing was changed; find out who removed it, and cancel the task."
              .formatted(key));
    }
    ObjectHead claim = found.get();
    if (!isHeld(claim, task.id(), task.stagingInode())) {
      throw HaltedException.failed(
          true,
          "The claim %s is not the one that this task made, but of %s (entity tag %s). Nothing was changed; cancel the task."
              .formatted(key, taskOf(claim), claim.stat().etag()));
    }
  }

  /** Whether it is there, and the very one that the task has put. */
  boolean isHeld(String taskId, long identity) throws ObjectFault {
    return look().filter(claim -> isHeld(claim, taskId, identity)).isPresent();
  }

  private static boolean isHeld(ObjectHead claim, String taskId, long identity) {
    return isOf(taskId, claim) && identity(claim.stat().etag()) == identity;
  }

  static boolean isOf(String taskId, ObjectHead claim) {
    return claim.mark().equals(Optional.of(mark(taskId)));
  }

  /** Removes it if it is of this task. */
  void remove(String taskId) throws ObjectFault {
    new ObjectRemover(store).removeMarked(key, mark(taskId));
  }
}
