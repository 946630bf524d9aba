package io.admix.files.object;

import io.admix.files.object.ObjectOutcome.Failed;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes an object of bytes from elsewhere. */
final class PutMaking extends Making {
  private static final String STANDARD = "STANDARD";

  private final ObjectPlacer placer;
  private final String name;
  private final Body body;
  private final ObjectStore.NewObject object;
  private final long size;
  private @Nullable BodySlice sent;

  PutMaking(
      ObjectPlacer placer, String name, Body body, Content content, ObjectKey target, Mark mark) {
    super(placer, target, mark);
    this.placer = placer;
    this.name = name;
    this.body = body;
    this.size = body.size();
    this.object =
        new ObjectStore.NewObject(
            target, content.with(Mark.NAME, mark.value()), STANDARD, Map.of());
  }

  @Override
  long size() {
    return size;
  }

  @Override
  ObjectStore.Written make() throws ObjectFault {
    if (size <= placer.limits().putAbove()) {
      return placer.store().put(object, slice(0, size));
    }
    long part = PartLimits.partSize(size, placer.limits().putPart());
    int count = Math.toIntExact((size + part - 1) / part);
    return placer.inParts(
        object,
        true,
        count,
        (upload, number) -> {
          long first = (number - 1) * part;
          return placer.store().putPart(upload, number, slice(first, Math.min(part, size - first)));
        });
  }

  private BodySlice slice(long from, long length) {
    BodySlice slice = new BodySlice(body, from, length, name);
    sent = slice;
    return slice;
  }

  @Override
  @Nullable Failed sourceFailure() {
    BodyFailedException failure = sent == null ? null : sent.failure();
    if (failure == null) {
      return null;
    }
    return new Failed(
        failure.isChanged() ? ObjectFailure.SOURCE_CHANGED : ObjectFailure.SOURCE_UNREADABLE,
        String.valueOf(failure.getMessage()));
  }

  @Override
  @Nullable Failed lookAtSource() {
    return sourceFailure();
  }
}
