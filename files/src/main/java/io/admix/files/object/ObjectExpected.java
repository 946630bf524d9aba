package io.admix.files.object;

/**
 * What a source object must be when it is copied or read: the entity tag and size that the plan
 * saw. Every write of an object gives it a new entity tag, unless the bytes are the same.
 *
 * @param etag with its quotes
 */
public record ObjectExpected(String etag, long size) {
  public static ObjectExpected of(ObjectStat stat) {
    return new ObjectExpected(stat.etag(), stat.size());
  }

  public boolean matches(ObjectStat stat) {
    return stat.size() == size && stat.etag().equals(etag);
  }

  /** For people: in what {@code stat} is not what was expected. */
  public String difference(ObjectStat stat) {
    return stat.size() == size
        ? "its entity tag is %s, planned was %s".formatted(stat.etag(), etag)
        : "it has %,d bytes, planned were %,d".formatted(stat.size(), size);
  }
}
