package io.admix.engine.verify;

import io.admix.engine.flow.Abreast;
import io.admix.files.object.FaultKind;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectHead;
import io.admix.files.object.ObjectKey;
import io.admix.files.object.ObjectStore;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a store tells of some objects, asked for many at a time. Used by one thread. */
final class ObjectHeads {
  private final ObjectStore store;
  private final int atOnce;
  private final Map<ObjectKey, Optional<ObjectHead>> found = new ConcurrentHashMap<>();

  ObjectHeads(ObjectStore store, int atOnce) {
    this.store = store;
    this.atOnce = atOnce;
  }

  /** Asks for these and forgets all others. */
  void ask(Collection<ObjectKey> keys) throws IOException {
    found.clear();
    try (Abreast requests = new Abreast(atOnce)) {
      for (ObjectKey key : keys) {
        requests.run(() -> found.put(key, head(key)));
      }
      requests.join();
    }
  }

  /** One that was asked for; empty where it is not there. */
  Optional<ObjectHead> of(ObjectKey key) {
    return found.getOrDefault(key, Optional.empty());
  }

  private Optional<ObjectHead> head(ObjectKey key) throws ObjectFault {
    try {
      return Optional.of(store.head(key, null));
    } catch (ObjectFault f) {
      if (f.kind() == FaultKind.NO_SUCH_KEY) {
        return Optional.empty();
      }
      throw f;
    }
  }
}
