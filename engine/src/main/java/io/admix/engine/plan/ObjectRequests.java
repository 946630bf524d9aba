package io.admix.engine.plan;

import io.admix.core.name.ByteCount;
import io.admix.core.plan.PlanEntry;
import io.admix.engine.place.Place;
import io.admix.files.object.PartLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Counts the requests that placing will send to the store, for each chosen file as {@code
 * ObjectPlacer} and {@code ObjectStream} make it. What is sent again after a fault, and what a mix
 * needs besides (claim, marker, a probe), is not counted. A store whose plain copy overwrites makes
 * every copy in parts, which a plan does not know: that is said beside the counts. Used by one
 * thread.
 */
final class ObjectRequests {
  /** Of a copy in parts beside the parts: its tags, begin and completion. */
  private static final long PARTS_BESIDE = 2;

  private final List<PlanSourceInfo> sources;
  private final boolean isToObjects;
  private final PartLimits limits;
  private long heads;
  private long copies;
  private long puts;
  private long gets;
  private long bytesFetched;
  private long bytesSent;

  ObjectRequests(List<PlanSourceInfo> sources, Place target, PartLimits limits) {
    this.sources = sources;
    this.isToObjects = target.isObjects();
    this.limits = limits;
  }

  void add(PlanEntry entry) {
    boolean isFromObjects = sources.get(entry.source()).root().isObjects();
    long size = entry.size();
    if (!entry.seen().isThere()) {
      return;
    }
    if (isFromObjects && isToObjects) {
      heads++;
      copies += requests(size, limits.copyAbove(), limits.copyPart());
      gets += size > limits.copyAbove() ? 1 : 0;
    } else if (isFromObjects) {
      gets++;
      bytesFetched += size;
    } else if (isToObjects) {
      puts += requests(size, limits.putAbove(), limits.putPart());
      bytesSent += size;
    }
  }

  private static long requests(long size, long above, long part) {
    return size > above ? Math.ceilDiv(size, part) + PARTS_BESIDE : 1;
  }

  /** A sentence for people; empty where no object is read or made. */
  Optional<String> words() {
    List<String> parts = new ArrayList<>();
    add(parts, heads, "HEAD");
    add(parts, copies, "COPY");
    add(parts, puts, "PUT");
    add(parts, gets, "GET");
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "the store will be asked for about %s %s%s; %s are fetched from it, %s are sent to it"
            .formatted(
                String.join(", ", parts),
                heads + copies + puts + gets == 1 ? "request" : "requests",
                copies == 0 ? "" : " (where it copies in parts only, 4 for each COPY)",
                ByteCount.words(bytesFetched),
                ByteCount.words(bytesSent)));
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add("%,d %s".formatted(count, what));
    }
  }
}
