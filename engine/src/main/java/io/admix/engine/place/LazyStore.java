package io.admix.engine.place;

import io.admix.files.object.FaultKind;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectSettings;
import io.admix.files.object.ObjectStore;
import io.admix.files.object.ObjectStores;
import io.admix.files.object.PartLimits;
import org.jspecify.annotations.Nullable;

/**
 * The one store of objects of an engine, opened when the first place of objects is used: nothing of
 * it is loaded before. Safe for use by many threads.
 */
public final class LazyStore implements AutoCloseable {
  private final ObjectSettings settings;
  private final PartLimits limits;
  private @Nullable ObjectStore store;
  private boolean isClosed;

  public LazyStore(ObjectSettings settings) {
    this(settings, PartLimits.DEFAULT);
  }

  /**
   * @param limits from which size objects are made in parts
   */
  public LazyStore(ObjectSettings settings, PartLimits limits) {
    this.settings = settings;
    this.limits = limits;
  }

  /** One that is open already, and is closed with this. */
  public LazyStore(ObjectStore store) {
    this(ObjectSettings.DEFAULT);
    this.store = store;
  }

  /**
   * The store; closed with the engine, never by the caller.
   *
   * @throws ObjectFault where it cannot be opened
   */
  public synchronized ObjectStore open() throws ObjectFault {
    if (isClosed) {
      throw new ObjectFault(
          "open", FaultKind.INTERRUPTED, ObjectPlace.SCHEME, "this engine is closed");
    }
    ObjectStore open = store;
    if (open == null) {
      open = ObjectStores.open(settings);
      store = open;
    }
    return open;
  }

  /** How many requests may be under way at a time. */
  public int connections() {
    return settings.connections();
  }

  /** From which size objects are made in parts. */
  public PartLimits limits() {
    return limits;
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    if (store != null) {
      store.close();
      store = null;
    }
  }
}
