package io.admix.catalog;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and what he may see. What a caller may not see is answered exactly as what is not
 * there.
 *
 * @param owner the name under which he makes things
 * @param sight whether everything is shown to him
 */
public record Actor(String owner, Sight sight) {

  /** How far an actor sees. */
  public enum Sight {
    /** His own and what belongs to the system. */
    OWN,
    /** Everything. */
    ALL
  }

  private static final String SYSTEM_OWNER = "system";

  /** The command line, and whoever calls a service that tells nobody apart: sees everything. */
  public static final Actor SYSTEM = new Actor(SYSTEM_OWNER, Sight.ALL);

  public Actor {
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(sight, "sight");
  }

  /** The actor of that name; the system's sees everything. */
  public static Actor of(String owner) {
    return owner.equals(SYSTEM_OWNER) ? SYSTEM : new Actor(owner, Sight.OWN);
  }

  /** Whether what that owner made is shown to him. No owner counts as the system. */
  public boolean maySee(@Nullable String createdBy) {
    return mayChange(createdBy) || SYSTEM_OWNER.equals(ownerOf(createdBy));
  }

  /** Whether he may change what that owner made: his own, or with sight of everything all. */
  public boolean mayChange(@Nullable String createdBy) {
    return sight == Sight.ALL || owner.equals(ownerOf(createdBy));
  }

  private static String ownerOf(@Nullable String createdBy) {
    return createdBy == null ? SYSTEM_OWNER : createdBy;
  }
}
