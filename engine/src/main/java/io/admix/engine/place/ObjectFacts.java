package io.admix.engine.place;

import io.admix.files.object.ObjectStat;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a row of the catalogue keeps of an object beside size and time, in its metadata: <code>
 * {"s3": {"etag": "\"9a…\"", "storageClass": "GLACIER"}}</code>, no storage class where it is the
 * usual one. It is what the listing said when the dataset was read.
 *
 * @param etag with its quotes
 * @param storageClass as the store calls it
 */
public record ObjectFacts(String etag, String storageClass) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String KEY = "s3";
  private static final String STANDARD = "STANDARD";

  /** Source: Amazon S3 user guide, "Restoring an archived object". */
  private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

  public static ObjectFacts of(ObjectStat stat) {
    return new ObjectFacts(stat.etag(), stat.storageClass());
  }

  /** Whether such an object must be restored before it can be read. */
  public boolean isArchived() {
    return ARCHIVES.contains(storageClass);
  }

  /**
   * Metadata with these facts in it.
   *
   * @param metadata a JSON object, or null
   */
  public String in(@Nullable String metadata) {
    ObjectNode node =
        metadata != null && JSON.readTree(metadata) instanceof ObjectNode given
            ? given
            : JSON.createObjectNode();
    ObjectNode own = node.putObject(KEY).put("etag", etag);
    if (!storageClass.equals(STANDARD)) {
      own.put("storageClass", storageClass);
    }
    return node.toString();
  }

  /** The facts that a row's metadata holds, if any. */
  public static Optional<ObjectFacts> read(@Nullable String metadata) {
    if (metadata == null) {
      return Optional.empty();
    }
    try {
      JsonNode own = JSON.readTree(metadata).path(KEY);
      String etag = own.path("etag").asString("");
      return etag.isEmpty()
          ? Optional.empty()
          : Optional.of(new ObjectFacts(etag, own.path("storageClass").asString(STANDARD)));
    } catch (JacksonException e) {
      // Another system's text: the object is asked itself.
      return Optional.empty();
    }
  }
}
