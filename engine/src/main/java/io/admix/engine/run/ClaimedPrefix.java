package io.admix.engine.run;

import io.admix.core.plan.PlanEntry;
import io.admix.engine.plan.PlanHeader;
import io.admix.engine.plan.SealedPlan;
import io.admix.engine.verify.PathSet;
import io.admix.files.Errno;
import io.admix.files.FailureReason;
import io.admix.files.Fault;
import io.admix.files.Folder;
import io.admix.files.PlacingStoppedException;
import io.admix.files.Stat;
import io.admix.files.object.Content;
import io.admix.files.object.FileBody;
import io.admix.files.object.ObjectFailure;
import io.admix.files.object.ObjectOutcome;
import io.admix.files.object.ObjectPages;
import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectPlacer;
import io.admix.files.object.ObjectRemover;
import io.admix.files.object.ObjectStat;
import io.admix.files.object.ObjectStore;
import io.admix.files.object.PartLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A mix that grows under its final prefix, which its task has claimed. */
final class ClaimedPrefix implements Growing {
  private final Services services;
  private final ObjectStore store;
  private final ObjectPlace place;
  private final String taskId;
  private final long identity;
  private final StoredUploads uploads;
  private final ObjectPlacer placer;

  ClaimedPrefix(
      Services services,
      ObjectStore store,
      ObjectPlace place,
      String taskId,
      long identity,
      PartLimits limits) {
    this.services = services;
    this.store = store;
    this.place = place;
    this.taskId = taskId;
    this.identity = identity;
    this.uploads = new StoredUploads(services.state().uploads(taskId));
    this.placer = new ObjectPlacer(store, limits, uploads);
  }

  @Override
  public long identity() {
    return identity;
  }

  @Override
  public String where() {
    return place.toString();
  }

  /** Stores spread their load by prefix, and so what was learned is of this one. */
  @Override
  public Ground ground() {
    return new Ground(
        PrefixClaim.identity(store.name() + " " + place.bucket()),
        PrefixClaim.identity(place.prefix()),
        Ground.Kind.OBJECTS);
  }

  @Override
  public EntryMakers makers(Running running, SealedPlan plan) {
    return new ObjectMakers(
        taskId,
        place,
        store,
        placer.asking(running::requireLease),
        patience(running),
        SourceRoots.open(services.access(), plan.header().sources()));
  }

  private StorePatience patience(Running running) {
    return patienceOf(running);
  }

  static StorePatience patienceOf(Running running) {
    return new StorePatience(
        running.services().settings().s3().store(),
        () -> {
          running.requireLease();
          running.halt().check();
        });
  }

  @Override
  public void removeHalfMade() throws IOException {
    uploads.abortOpen(store, place);
  }

  /**
   * Every object is compared with its receipt by name, entity tag and size, as a listing tells
   * them.
   */
  @Override
  public Found look(Recorded recorded) throws IOException {
    Path scratch = Files.createDirectories(services.state().scratch(taskId));
    long[] counts = new long[2];
    long most = recorded.files();
    Path placed = scratch.resolve("placed-objects");
    Path conflicts = scratch.resolve("conflicts");
    Files.deleteIfExists(placed);
    Files.deleteIfExists(conflicts);
    try (PathSet ours = new PathSet(placed, most);
        PathSet others = new PathSet(conflicts, recorded.failures())) {
      recorded.each((entries, results) -> add(entries, results, ours, others));
      each(stat -> {
        String path = stat.key().substring(place.prefix().length());
        if (ours.contains(named(path, stat.etag(), stat.size()))) {
          counts[0]++;
        } else if (!others.contains(path)) {
          counts[1]++;
        }
      });
    }
    return new Found(counts[0], counts[1]);
  }

  private static String named(String path, String etag, long size) {
    return path + "\n" + etag + "\n" + size;
  }

  /** An entry whose name somebody else has taken failed by that, and what is there stays. */
  private static void add(
      List<PlanEntry> entries, List<EntryResult> results, PathSet ours, PathSet others) {
    for (int i = 0; i < entries.size(); i++) {
      String path = entries.get(i).targetPath();
      switch (results.get(i)) {
        case EntryResult.Placed placed when placed.object() != null ->
            ours.add(named(path, placed.object().etag(), placed.size()));
        case EntryResult.Failed failed when failed.reason() == FailureReason.CONFLICT ->
            others.add(path);
        default -> {}
      }
    }
  }

  /** Receives what a listing tells. */
  @FunctionalInterface
  interface Listed {
    void object(ObjectStat stat) throws IOException;
  }

  /** Everything below the prefix but Admix's own, and keys by which tools show empty folders. */
  void each(Listed visitor) throws IOException {
    ObjectPages pages = new ObjectPages(store, place);
    while (pages.next()) {
      for (ObjectStat stat : pages.objects()) {
        boolean isOwn = stat.key().startsWith(ObjectPlace.OWN_FOLDER, place.prefix().length());
        if (!isOwn && !stat.key().endsWith("/")) {
          visitor.object(stat);
        }
      }
    }
  }

  @Override
  public boolean isDurableAtOnce() {
    return true;
  }

  @Override
  public void makeDurable() {
    // A store answers when it has stored.
  }

  @Override
  public void publish(Path manifest, Runnable stillOurs) throws IOException {
    stillOurs.run();
    // Whose beginning was asked for twice, because an answer was lost, was begun twice.
    removeHalfMade();
    try (Folder opened = services.access().open(services.state().folder(taskId))) {
      String name = String.valueOf(manifest.getFileName());
      Stat stat = opened.stat(name);
      FileBody body =
          new FileBody(
              opened, name, new Folder.Expected(stat.inode(), stat.size(), stat.modifiedNs()));
      put(manifest, body, stillOurs);
    } catch (Fault f) {
      if (f.errno() == Errno.ENOENT) {
        throw HaltedException.failed(
            true, "The manifest %s is gone: resume, and it is written again.".formatted(manifest));
      }
      throw f;
    }
  }

  private void put(Path manifest, FileBody body, Runnable stillOurs) throws IOException {
    ObjectOutcome outcome;
    try {
      outcome =
          new StorePatience(services.settings().s3().store(), stillOurs)
              .outcome(() ->
                  placer
                      .asking(stillOurs)
                      .put(
                          manifest.toString(),
                          body,
                          Content.NONE.ofType("application/jsonl"),
                          place.object(ObjectTarget.MARKER),
                          ObjectTarget.markerOf(taskId)));
    } catch (PlacingStoppedException e) {
      throw notPublished(String.valueOf(e.getMessage()));
    }
    if (outcome instanceof ObjectOutcome.Failed failed) {
      throw notPublished(
          failed.reason() == ObjectFailure.CONFLICT
              ? failed.detail() + " Find out who put it, and take it away, then resume."
              : failed.detail() + ". Mend the cause, then resume.");
    }
    requireClaimed();
  }

  /**
   * A request that was under way for long may have put the marker of a mix that was removed
   * meanwhile, which a rename could not.
   */
  private void requireClaimed() throws IOException {
    PrefixClaim claim = new PrefixClaim(store, place);
    if (!claim.isHeld(taskId, identity)) {
      new ObjectRemover(store)
          .removeMarked(place.object(ObjectTarget.MARKER), ObjectTarget.markerOf(taskId));
      throw notPublished(
          "the claim of this task is gone, so that others may have removed what it made, and the manifest was taken away again.");
    }
  }

  private HaltedException notPublished(String why) {
    return HaltedException.failed(
        true,
        "The finished dataset could not get its manifest: %s Nothing is published, everything placed is below %s."
            .formatted(why, place));
  }

  @Override
  public String remove(SealedPlan plan, Recorded recorded, Runnable stillOurs) throws IOException {
    stillOurs.run();
    removeHalfMade();
    Path scratch = Files.createDirectories(services.state().scratch(taskId));
    PlanHeader header = plan.header();
    new ObjectSweep(this, store, place, taskId, header, stillOurs).run(plan, recorded, scratch);
    String kept = kept();
    stillOurs.run();
    new ObjectMix(store, place, taskId).removeClaim();
    return kept;
  }

  private String kept() throws IOException {
    List<String> names = new java.util.ArrayList<>();
    long[] count = new long[1];
    each(stat -> {
      if (count[0]++ < 5) {
        names.add(io.admix.core.name.Printable.of(stat.key().substring(place.prefix().length())));
      }
    });
    return count[0] == 0
        ? ""
        : "%,d object%s below %s stay%s: the task did not make %s (%s%s)."
            .formatted(
                count[0],
                count[0] == 1 ? "" : "s",
                place,
                count[0] == 1 ? "s" : "",
                count[0] == 1 ? "it" : "them",
                String.join(", ", names),
                count[0] > names.size() ? ", …" : "");
  }

  int requestsAtOnce() {
    return Math.max(1, Math.min(32, services.settings().s3().store().connections()));
  }

  @Override
  public void close() {
    // The store is the engine's.
  }
}
