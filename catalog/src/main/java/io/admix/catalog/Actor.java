package io.admix.catalog;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf something is asked. What an actor may not see is answered as what is not there.
 *
 * @param owner the name under which what he makes is recorded
 */
public record Actor(String owner, Sight sight) {
  private static final String SHARED = "system";

  /** Who sees and changes everything: the command line, and a service that knows no callers. */
  public static final Actor SYSTEM = new Actor(SHARED, Sight.ALL);

  public Actor {
    Objects.requireNonNull(owner);
    Objects.requireNonNull(sight);
  }

  /** The actor of this name: {@code system} sees everything, anybody else his own and system's. */
  public static Actor of(String owner) {
    return owner.equals(SHARED) ? SYSTEM : new Actor(owner, Sight.OWN);
  }

  /**
   * Whether what {@code createdBy} made may be seen.
   *
   * @param createdBy null counts as {@code system}
   */
  public boolean maySee(@Nullable String createdBy) {
    return sight == Sight.ALL
        || createdBy == null
        || createdBy.equals(SHARED)
        || createdBy.equals(owner);
  }

  /** Whether what {@code createdBy} made may be changed: his own, or everything. */
  public boolean mayChange(@Nullable String createdBy) {
    return sight == Sight.ALL || owner.equals(createdBy == null ? SHARED : createdBy);
  }

  /** How much an actor sees. */
  public enum Sight {
    /** What he made himself, and what {@code system} made. */
    OWN,
    ALL
  }
}
