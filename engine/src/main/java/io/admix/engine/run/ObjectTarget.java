package io.admix.engine.run;

import io.admix.catalog.Task;
import io.admix.core.name.Printable;
import io.admix.engine.plan.PlanHeader;
import io.admix.files.object.FaultKind;
import io.admix.files.object.Mark;
import io.admix.files.object.ObjectAbilities;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectHead;
import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectPlacer;
import io.admix.files.object.ObjectProbe;
import io.admix.files.object.ObjectStat;
import io.admix.files.object.ObjectStore;
import io.admix.files.object.PartLimits;
import io.admix.files.object.UploadJournal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A place of objects: the mix grows under its final prefix, which a claim keeps for it, and has
 * appeared when its manifest is there, which is put last.
 */
final class ObjectTarget implements MixTarget {
  /** Below the prefix: what readers look for. */
  static final String MARKER = ObjectPlace.OWN_FOLDER + "manifest.jsonl";

  private static final int LOOK = 1_000;
  private static final int SHOWN = 5;

  private final Services services;
  private final ObjectPlace place;

  ObjectTarget(Services services, ObjectPlace place) {
    this.services = services;
    this.place = place;
  }

  /** The mark of a task's manifest at its target. */
  static Mark markerOf(String taskId) {
    return Mark.ofOwn(taskId, "manifest");
  }

  private ObjectStore store() throws ObjectFault {
    return services.objects().open();
  }

  private PrefixClaim claim() throws ObjectFault {
    return new PrefixClaim(store(), place);
  }

  @Override
  public Optional<String> inTheWay() throws ObjectFault {
    return io.admix.engine.plan.ObjectTarget.inTheWay(store(), place);
  }

  @Override
  public boolean isThere() throws ObjectFault {
    return marker().isPresent();
  }

  private Optional<ObjectHead> marker() throws ObjectFault {
    try {
      return Optional.of(store().head(place.object(MARKER), null));
    } catch (ObjectFault f) {
      if (f.kind() == FaultKind.NO_SUCH_KEY) {
        return Optional.empty();
      }
      throw f;
    }
  }

  /** A store tells of no room before it is asked for some; places were compared by the planner. */
  @Override
  public void requireFit(PlanHeader header) {
    List<String> names = header.sources().stream().map(source -> source.name()).toList();
    io.admix.engine.plan.ObjectTarget.problemOfNames(header.recipe().layout(), names)
        .ifPresent(problem -> {
          throw HaltedException.failed(false, problem + "; nothing was made.");
        });
  }

  @Override
  public Growing make(Task task, Runnable stillOurs) throws IOException {
    ObjectStore store = store();
    refuseInsideAnother(store);
    PrefixClaim claim = claim();
    long identity =
        claim.put(
            task,
            new ObjectPlacer(store, PartLimits.DEFAULT, UploadJournal.NONE).asking(stillOurs),
            new StorePatience(services.settings().s3().store(), stillOurs));
    try {
      refuseUnlessEmpty(store);
      return new ClaimedPrefix(services, store, place, task.id(), identity, limits(store));
    } catch (HaltedException e) {
      // A successor of the same task has taken the claim over, and may have filled the place.
      stillOurs.run();
      claim.remove(task.id());
      throw e;
    }
  }

  /** Mixes below one another would each take the other's objects for their own extras. */
  private void refuseInsideAnother(ObjectStore store) throws ObjectFault {
    String prefix = place.prefix();
    for (int slash = prefix.lastIndexOf('/', prefix.length() - 2);
        !prefix.isEmpty();
        slash = prefix.lastIndexOf('/', prefix.length() - 2)) {
      prefix = prefix.substring(0, slash + 1);
      ObjectPlace above = new ObjectPlace(place.bucket(), prefix);
      Optional<ObjectHead> claim = seen(new PrefixClaim(store, above));
      if (claim.isPresent()) {
        throw HaltedException.failed(
            false,
            "The target %s lies inside %s, which %s claims for a mix. Name a target outside of it; nothing was made."
                .formatted(place, above, PrefixClaim.taskOf(claim.get())));
      }
    }
  }

  /** What this identity may not look at, it need not: above its own prefix that is usual. */
  private static Optional<ObjectHead> seen(PrefixClaim claim) throws ObjectFault {
    try {
      return claim.look();
    } catch (ObjectFault f) {
      if (f.kind() == FaultKind.DENIED) {
        return Optional.empty();
      }
      throw f;
    }
  }

  /** Scratch objects of a probe that was killed are ours to remove: the claim keeps others away. */
  private void refuseUnlessEmpty(ObjectStore store) throws ObjectFault {
    ObjectProbe.removeLeft(store, place);
    List<String> others = new ArrayList<>();
    ObjectStore.Page page = store.list(place.bucket(), place.prefix(), null, LOOK);
    for (ObjectStat stat : page.objects()) {
      String path = stat.key().substring(place.prefix().length());
      if (!path.equals(PrefixClaim.NAME) && others.size() < SHOWN) {
        others.add(path.isEmpty() ? "the marker of a folder" : Printable.of(path));
      }
    }
    if (!others.isEmpty()) {
      throw HaltedException.failed(
          false,
          "The target %s is not empty: it holds %s%s. Name another target, or remove what is there, then run again; nothing was made."
              .formatted(
                  place,
                  String.join(", ", others),
                  page.objects().size() > others.size() + 1 ? ", …" : ""));
    }
  }

  /**
   * What this store heeds is tried by every attempt: nothing is written by a way that could
   * overwrite.
   */
  private PartLimits limits(ObjectStore store) throws ObjectFault {
    ObjectAbilities seen = ObjectProbe.tried(store, place);
    Optional<String> problem = seen.problemAsTarget(place);
    if (problem.isPresent()) {
      throw HaltedException.failed(false, problem.get() + " Nothing was made.");
    }
    return seen.limits(services.settings().s3().limits());
  }

  @Override
  public Growing open(Task task) throws IOException {
    claim().require(task);
    ObjectStore store = store();
    ObjectProbe.removeLeft(store, place);
    return new ClaimedPrefix(services, store, place, task.id(), task.stagingInode(), limits(store));
  }

  /** Marks tell what is ours, also where the claim is gone. */
  @Override
  public Growing openToRemove(Task task) throws IOException {
    return new ClaimedPrefix(
        services, store(), place, task.id(), task.stagingInode(), PartLimits.DEFAULT);
  }

  @Override
  public boolean isPublished(Task task) throws ObjectFault {
    return marker()
        .filter(head -> head.mark().equals(Optional.of(markerOf(task.id()))))
        .isPresent();
  }

  /** A store answers when it has stored. */
  @Override
  public void makePublishedDurable() {}

  @Override
  public boolean isGrowing(Task task) {
    return true;
  }

  @Override
  public String whereItGrows(Task task) {
    return "the objects below " + place;
  }

  @Override
  public String removeUnbegun(Task task) throws ObjectFault {
    new ObjectMix(store(), place, task.id()).removeClaim();
    return "";
  }
}
