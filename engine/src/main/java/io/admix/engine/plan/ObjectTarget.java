package io.admix.engine.plan;

import io.admix.core.name.Printable;
import io.admix.engine.place.LazyStore;
import io.admix.engine.place.StoreTrouble;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectStore;

/** Whether a place of objects is free to become a mix. */
final class ObjectTarget {
  private ObjectTarget() {}

  /**
   * Looks, by one request, where the target is a place of objects that must be free.
   *
   * @throws PlanException when there is anything below it, or it cannot be listed
   */
  static void requireFree(LazyStore objects, PlanRequest request) throws PlanException {
    if (!request.target().isObjects()
        || request.targetCheck() != PlanRequest.TargetCheck.MUST_BE_FREE) {
      return;
    }
    ObjectPlace place = request.target().objects();
    try {
      ObjectStore store = objects.open();
      ObjectStore.Page first = store.list(place.bucket(), place.prefix(), null, 1);
      if (!first.objects().isEmpty()) {
        throw new PlanException(taken(store, place, first.objects().getFirst().key()));
      }
    } catch (ObjectFault e) {
      throw new PlanException("target " + place + " cannot be listed: " + StoreTrouble.words(e));
    }
  }

  private static String taken(ObjectStore store, ObjectPlace place, String first)
      throws ObjectFault {
    String own = place.prefix() + ObjectPlace.OWN_FOLDER;
    if (store.list(place.bucket(), own, null, 1).objects().isEmpty()) {
      return "target %s is not empty, s3://%s/%s is there: give another `target`, or remove what is below it"
          .formatted(place, place.bucket(), Printable.of(first));
    }
    return "target %s holds a mix, or one that is being made (%s%s is there): give another `target`; resume or cancel its task, or remove its dataset"
        .formatted(place, place, ObjectPlace.OWN_FOLDER);
  }
}
