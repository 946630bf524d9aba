package io.admix.files.object;

import io.admix.files.object.ObjectOutcome.Failed;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes an object of another one of the same store. */
final class CopyMaking extends Making {
  /** A copy in these could not be read; a mix is to be read. */
  private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

  private final ObjectPlacer placer;
  private final ObjectKey source;
  private final ObjectHead head;
  private final ObjectKey target;
  private final Map<String, String> tags;
  private final boolean inParts;
  private final Resending resending;

  CopyMaking(
      ObjectPlacer placer,
      ObjectKey source,
      ObjectHead head,
      ObjectKey target,
      Mark mark,
      Map<String, String> tags,
      boolean inParts) {
    super(placer, target, mark);
    this.placer = placer;
    this.source = source;
    this.head = head;
    this.target = target;
    this.tags = tags;
    this.inParts = inParts;
    this.resending = Resending.of(head, mark);
  }

  @Override
  long size() {
    return head.stat().size();
  }

  @Override
  ObjectStore.Written make() throws ObjectFault {
    if (!inParts) {
      return placer
          .store()
          .copy(source, head.stat().etag(), target, storageClass(), resending.marked());
    }
    Content whole = resending.whole();
    if (whole == null) {
      throw new ObjectFault(
          "CreateMultipartUpload",
          FaultKind.REFUSED,
          target.toString(),
          source
              + " carries metadata or an Expires header that no request can repeat, and in parts it would be lost");
    }
    ObjectStore.NewObject object = new ObjectStore.NewObject(target, whole, storageClass(), tags);
    return size() == 0 ? placer.store().put(object, Body.of(new byte[0])) : copyParts(object);
  }

  @Override
  ObjectOutcome.Proof proofOfMaking() {
    return resending.hasMark() ? ObjectOutcome.Proof.MADE : ObjectOutcome.Proof.MADE_UNMARKED;
  }

  private ObjectStore.Written copyParts(ObjectStore.NewObject object) throws ObjectFault {
    long part = PartLimits.partSize(size(), placer.limits().copyPart());
    int count = Math.toIntExact((size() + part - 1) / part);
    return placer.inParts(
        object,
        false,
        count,
        (upload, number) -> {
          long first = (number - 1) * part;
          long last = Math.min(first + part, size()) - 1;
          return placer.store().copyPart(upload, number, source, head.stat().etag(), first, last);
        });
  }

  private String storageClass() {
    String of = head.stat().storageClass();
    return ARCHIVES.contains(of) ? "STANDARD" : of;
  }

  @Override
  @Nullable Failed lookAtSource() throws ObjectFault {
    try {
      placer.store().head(source, head.stat().etag());
      return null;
    } catch (ObjectFault f) {
      return SourceLook.failed(source, f);
    }
  }

  /** Asked only of copies that cannot bear a mark. */
  @Override
  boolean isSame(ObjectHead unmarked) {
    if (resending.hasMark()) {
      return false;
    }
    Checksum sum = head.checksum();
    return unmarked.stat().etag().equals(head.stat().etag())
        || (sum != null && sum.equals(unmarked.checksum()));
  }
}
