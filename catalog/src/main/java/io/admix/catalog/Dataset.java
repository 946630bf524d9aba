package io.admix.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dataset.
 *
 * @param path absolute folder of its files
 * @param type TEXT, IMAGE, AUDIO, VIDEO or OTHER
 * @param status DRAFT while it is made, ACTIVE when it may be used
 * @param owner who made it; {@code system} when it is everybody's
 * @param updatedAt when its rows were last written: made, or scanned again
 * @param labelling null where it is not known, or nothing was registered
 */
public record Dataset(
    String id,
    String name,
    String path,
    String type,
    String status,
    Kind kind,
    long files,
    long bytes,
    Instant createdAt,
    String owner,
    Instant updatedAt,
    @Nullable Labelling labelling) {

  /**
   * Whether all its rows are there to stay: of ours one that is neither being made nor removed,
   * also one that another system has given a state of its own; of others' every one.
   */
  public boolean isWhole() {
    return kind == Kind.FOREIGN || kind != Kind.REMOVING && !"DRAFT".equals(status);
  }

  /** Who made it. */
  public enum Kind {
    /** Registered from a folder: the folder is not ours. */
    SCANNED,
    /** A mix that Admix published. */
    MIXED,
    /** A mix whose removal has begun: not to be used or seen any more, its name still claimed. */
    REMOVING,
    /** Another system's row: paths are not known to be unique. */
    FOREIGN
  }
}
