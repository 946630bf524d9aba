package io.admix.engine.verify;

import io.admix.engine.place.Place;
import io.admix.files.object.Mark;
import io.admix.files.object.ObjectExpected;
import org.jspecify.annotations.Nullable;

/** The marks that objects of a mix bear: of their task and of what they were made of. */
public final class EntryMarks {
  private EntryMarks() {}

  /**
   * @param root of the source
   * @param from path below it
   * @param etag of a source that is an object, else null
   * @param modifiedNs of a source that is a file
   */
  public static Mark of(
      String taskId, Place root, String from, long size, @Nullable String etag, long modifiedNs) {
    return etag == null
        ? Mark.ofFile(taskId, root + "/" + from, size, modifiedNs)
        : Mark.ofCopy(taskId, root.objects().object(from), new ObjectExpected(etag, size));
  }

  /** The mark of a published object. */
  public static Mark of(String taskId, Place root, ManifestEntry entry) {
    return of(
        taskId, root, entry.from(), entry.size(), entry.sourceEtag(), entry.sourceModifiedNs());
  }
}
