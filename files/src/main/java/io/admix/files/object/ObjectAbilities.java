package io.admix.files.object;

import java.util.Optional;

/**
 * What a store was seen to do, each tried with scratch objects: stores that speak S3 differ, and
 * some take a condition and do not heed it.
 *
 * @param putIfAbsent a put onto an existing object is refused
 * @param copyIfAbsent a copy onto one is refused
 * @param completeIfAbsent the last step of an upload in parts onto one is refused
 * @param copyPinned a copy of a source with another entity tag is refused
 * @param deleteIfMatch removing an object with another entity tag is refused
 * @param tags objects can have tags
 */
public record ObjectAbilities(
    boolean putIfAbsent,
    boolean copyIfAbsent,
    boolean completeIfAbsent,
    boolean copyPinned,
    boolean deleteIfMatch,
    boolean tags) {

  /** Why nothing may be written there, for people; empty where it may. */
  public Optional<String> problemAsTarget(ObjectPlace place) {
    if (!putIfAbsent || (!copyIfAbsent && !completeIfAbsent)) {
      return Optional.of(
          place
              + " lies in a store that overwrites objects though it is asked not to (`If-None-Match: *` was not heeded by "
              + (putIfAbsent ? "copies" : "puts")
              + "). Admix never overwrites, so it cannot mix into it: use a store with conditional writes.");
    }
    if (!copyPinned) {
      return Optional.of(
          place
              + " lies in a store that copies a source that has changed (`x-amz-copy-source-if-match` was not heeded): the mix could hold other files than the plan. Use another store.");
    }
    return Optional.empty();
  }

  /** The limits under which nothing is overwritten by this store. */
  public PartLimits limits(PartLimits wanted) {
    return copyIfAbsent ? wanted : wanted.copyingInParts();
  }
}
