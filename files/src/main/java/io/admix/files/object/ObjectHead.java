package io.admix.files.object;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a store tells of an object without its bytes.
 *
 * @param version its version where the bucket keeps versions
 * @param unshownMetadata entries of metadata that the store has and cannot show in a header; they
 *     would be lost where metadata is given anew
 * @param checksum of all its bytes, where the store keeps one
 */
public record ObjectHead(
    ObjectStat stat,
    @Nullable String version,
    Content content,
    int unshownMetadata,
    @Nullable Checksum checksum) {

  /** What Admix wrote into it when it made it. */
  public Optional<Mark> mark() {
    return Optional.ofNullable(content.metadata().get(Mark.NAME)).map(Mark::new);
  }
}
