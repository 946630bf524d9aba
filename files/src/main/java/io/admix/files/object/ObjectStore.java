package io.admix.files.object;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A store that speaks S3, request by request. Nothing here can overwrite: whatever makes an object
 * makes it only where there is none ({@code If-None-Match: *}). Whether a store heeds that is found
 * out by {@link ObjectProbe}; the rules that stand on these requests are in {@link ObjectPlacer}.
 *
 * <p>Requests that fail for a moment are repeated a bounded number of times, with a growing and
 * jittered pause, before their fault is thrown. So a request whose first answer was lost may answer
 * PRECONDITION by its own work: whoever makes something looks at what is there. One contract test
 * holds for all; safe for use by many threads.
 */
public interface ObjectStore extends AutoCloseable {
  /** For people and logs: which store this is, without anything secret. */
  String name();

  /**
   * One page of the objects whose keys begin with {@code prefix}, in the order of their UTF-8
   * bytes.
   *
   * @param after only keys after this one; null from the beginning
   * @param most 1 to 1,000
   */
  Page list(String bucket, String prefix, @Nullable String after, int most) throws ObjectFault;

  /**
   * @param ifMatch the entity tag that it must have, or null
   * @throws ObjectFault NO_SUCH_KEY, PRECONDITION
   */
  ObjectHead head(ObjectKey object, @Nullable String ifMatch) throws ObjectFault;

  /** Its tags. NOT_IMPLEMENTED where the store has none. */
  Map<String, String> tags(ObjectKey object) throws ObjectFault;

  /**
   * Copies within the store, at most 5 GB.
   *
   * @param sourceEtag that the source must have, else PRECONDITION
   * @param content in place of the source's own, or null to keep that; tags are kept always
   */
  Written copy(
      ObjectKey source,
      String sourceEtag,
      ObjectKey target,
      String storageClass,
      @Nullable Content content)
      throws ObjectFault;

  /** Makes an object of a body in one request. The store checks the bytes by a CRC-32C. */
  Written put(NewObject object, Body body) throws ObjectFault;

  /**
   * Begins to make an object in parts. Nothing is seen of it before {@link #complete}.
   *
   * @param isSent whether the parts are sent, each with its CRC-32C, rather than copied
   */
  Upload begin(NewObject object, boolean isSent) throws ObjectFault;

  /**
   * Makes one part of a range of another object.
   *
   * @param number from 1 to 10,000
   * @param sourceEtag that the source must have, else PRECONDITION
   * @param last the last byte, counted from 0
   */
  Part copyPart(
      Upload upload, int number, ObjectKey source, String sourceEtag, long first, long last)
      throws ObjectFault;

  /** Makes one part of a body. The store checks the bytes by a CRC-32C. */
  Part putPart(Upload upload, int number, Body body) throws ObjectFault;

  /** Makes the object of all its parts: PRECONDITION where one is there meanwhile. */
  Written complete(Upload upload, List<Part> parts) throws ObjectFault;

  /** Throws the parts away. An upload that is gone already is no fault. */
  void abort(Upload upload) throws ObjectFault;

  /**
   * The next uploads below a place that nobody has completed, at most 1,000, in the order of keys;
   * none at the end. The store does not tell whose they are.
   *
   * @param after the last one seen, or null
   */
  List<Upload> uploads(ObjectPlace place, @Nullable Upload after) throws ObjectFault;

  /**
   * Opens an object for reading; the caller closes. The stream may break off anywhere.
   *
   * @param etag that it must have, else PRECONDITION
   * @param from the first byte, counted from 0; lies within the object
   */
  Reading open(ObjectKey object, String etag, long from) throws ObjectFault;

  /**
   * Removes an object. One that is not there is no fault.
   *
   * @param ifMatch the entity tag that it must have, else PRECONDITION; null where the store cannot
   *     tell (NOT_IMPLEMENTED)
   */
  void delete(ObjectKey object, @Nullable String ifMatch) throws ObjectFault;

  /**
   * How often a request was repeated because the store asked to slow down: a rising number asks for
   * fewer workers.
   */
  long backOffs();

  @Override
  void close();

  /**
   * A page of a listing.
   *
   * @param isLast whether nothing follows
   */
  record Page(List<ObjectStat> objects, boolean isLast) {
    public Page {
      objects = List.copyOf(objects);
    }
  }

  /** What was written. */
  record Written(String etag, @Nullable String version) {}

  /**
   * What is to be made.
   *
   * @param tags at most ten
   */
  record NewObject(ObjectKey key, Content content, String storageClass, Map<String, String> tags) {
    public NewObject {
      tags = Map.copyOf(tags);
    }
  }

  /** An object that is being made in parts. */
  record Upload(ObjectKey key, String id) {}

  /** A part that is there. */
  record Part(int number, String etag, @Nullable String crc32c) {}

  /** An object that is being read. */
  record Reading(ObjectHead head, InputStream bytes) {}
}
