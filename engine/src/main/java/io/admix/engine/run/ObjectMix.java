package io.admix.engine.run;

import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectHead;
import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectProbe;
import io.admix.files.object.ObjectRemover;
import io.admix.files.object.ObjectStore;
import java.util.Optional;

/** What stands beside the objects of one task's mix: the claim, and the manifest as its marker. */
public final class ObjectMix {
  private final ObjectStore store;
  private final ObjectPlace place;
  private final String taskId;
  private final PrefixClaim claim;

  public ObjectMix(ObjectStore store, ObjectPlace place, String taskId) {
    this.store = store;
    this.place = place;
    this.taskId = taskId;
    this.claim = new PrefixClaim(store, place);
  }

  /** Who holds the place, where that is not this task; empty also where nobody does. */
  public Optional<String> otherHolder() throws ObjectFault {
    Optional<ObjectHead> found = claim.look();
    return found.isEmpty() || PrefixClaim.isOf(taskId, found.get())
        ? Optional.empty()
        : Optional.of(PrefixClaim.taskOf(found.get()));
  }

  /** Readers that look for the marker see nothing from here on. */
  public void removeMarker() throws ObjectFault {
    new ObjectRemover(store)
        .removeMarked(place.object(ObjectTarget.MARKER), ObjectTarget.markerOf(taskId));
  }

  /** The place is free for others from here on, as far as it is empty. */
  public void removeClaim() throws ObjectFault {
    ObjectProbe.removeLeft(store, place);
    claim.remove(taskId);
  }
}
