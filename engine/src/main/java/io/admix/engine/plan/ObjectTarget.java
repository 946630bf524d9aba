package io.admix.engine.plan;

import io.admix.core.name.Printable;
import io.admix.core.recipe.Layout;
import io.admix.engine.place.LazyStore;
import io.admix.engine.place.StoreTrouble;
import io.admix.files.object.FaultKind;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectPages;
import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectProbe;
import io.admix.files.object.ObjectStat;
import io.admix.files.object.ObjectStore;
import java.util.List;
import java.util.Optional;

/** Whether a place of objects is free to become a mix. */
public final class ObjectTarget {
  private static final int LOOK = 10;
  private static final String OWN_NAME =
      ObjectPlace.OWN_FOLDER.substring(0, ObjectPlace.OWN_FOLDER.length() - 1);

  private ObjectTarget() {}

  /**
   * Why sources of these names cannot be mixed into a place of objects: below a folder of Admix's
   * own, a source's {@code manifest.jsonl} would tell readers that the mix is whole.
   */
  public static Optional<String> problemOfNames(Layout layout, List<String> names) {
    return layout == Layout.BY_SOURCE && names.contains(OWN_NAME)
        ? Optional.of(
            "source `%s`: below a target of objects Admix keeps this folder for itself: give the source another `name`, or choose another `layout`"
                .formatted(OWN_NAME))
        : Optional.empty();
  }

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
      Optional<String> inTheWay = inTheWay(objects.open(), place);
      if (inTheWay.isPresent()) {
        throw new PlanException(inTheWay.get());
      }
    } catch (ObjectFault e) {
      throw new PlanException("target " + place + " cannot be listed: " + StoreTrouble.words(e));
    }
  }

  /**
   * What keeps a mix from being made at a place, and what to do about it, for people. What killed
   * probes have left does not.
   */
  public static Optional<String> inTheWay(ObjectStore store, ObjectPlace place) throws ObjectFault {
    Optional<String> first = first(store, place, place);
    return first.isEmpty() ? first : Optional.of(taken(store, place, first.get()));
  }

  private static Optional<String> first(ObjectStore store, ObjectPlace place, ObjectPlace below)
      throws ObjectFault {
    ObjectPages pages = new ObjectPages(store, below, LOOK);
    while (pages.next()) {
      for (ObjectStat stat : pages.objects()) {
        if (!ObjectProbe.isScratch(place, stat.key())) {
          return Optional.of(stat.key());
        }
      }
    }
    return Optional.empty();
  }

  private static String taken(ObjectStore store, ObjectPlace place, String first)
      throws ObjectFault {
    ObjectPlace own = new ObjectPlace(place.bucket(), place.prefix() + ObjectPlace.OWN_FOLDER);
    if (first(store, place, own).isEmpty()) {
      return "target %s is not empty, s3://%s/%s is there%s: give another `target`, or remove what is below it"
          .formatted(
              place,
              place.bucket(),
              Printable.of(first),
              first.endsWith("/") ? " (the marker of a folder, as consoles make it)" : "");
    }
    return "target %s holds a mix, or one that is being made (%s%s is there%s): give another `target`; resume or cancel its task, or remove its dataset, with the catalogue that has it"
        .formatted(place, place, ObjectPlace.OWN_FOLDER, claimed(store, place));
  }

  private static String claimed(ObjectStore store, ObjectPlace place) throws ObjectFault {
    try {
      return store
          .head(place.object(ObjectPlace.OWN_FOLDER + "claim.json"), null)
          .mark()
          .map(mark -> ", claimed by task " + Printable.of(mark.task()))
          .orElse("");
    } catch (ObjectFault f) {
      if (f.kind() == FaultKind.NO_SUCH_KEY) {
        return "";
      }
      throw f;
    }
  }
}
