package io.admix.engine.dataset;

import io.admix.engine.AllowedRoots;
import io.admix.engine.dataset.CataloguedFiles.Head;
import io.admix.engine.place.LazyStore;
import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.object.FaultKind;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectKey;
import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectStat;
import io.admix.files.object.ObjectStore;
import java.io.IOException;

/** Reads the beginnings of objects that are catalogued. */
final class ObjectHeads {
  private final LazyStore objects;
  private final AllowedRoots roots;

  ObjectHeads(LazyStore objects, AllowedRoots roots) {
    this.objects = objects;
    this.roots = roots;
  }

  /**
   * The beginning of an object; two requests.
   *
   * @throws Fault when it is not there, or may not be read
   */
  Head head(ObjectPlace place, String path, int most) throws Fault {
    if (roots.problemOfObjects(place).isPresent()) {
      throw new Fault(
          "open", Errno.ENOENT, place.toString(), "it is no place that callers may use");
    }
    try {
      ObjectKey key = place.object(path);
      ObjectStore store = objects.open();
      ObjectStat stat = store.head(key, null).stat();
      if (stat.size() == 0 || most == 0) {
        return new Head(new byte[0], stat.size());
      }
      try (var bytes = store.open(key, stat.etag(), 0).bytes()) {
        return new Head(bytes.readNBytes(most), stat.size());
      }
    } catch (ObjectFault e) {
      Errno errno =
          e.kind() == FaultKind.NO_SUCH_KEY
              ? Errno.ENOENT
              : e.kind() == FaultKind.DENIED ? Errno.EACCES : Errno.EIO;
      throw new Fault("read", errno, path, e.words());
    } catch (IOException | IllegalArgumentException e) {
      throw new Fault("read", Errno.EIO, path, String.valueOf(e.getMessage()));
    }
  }
}
