package io.admix.files.object;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an object carries beside its bytes and can be given anew only as a whole.
 *
 * @param metadata of the user, names in lower case without {@code x-amz-meta-}
 * @param expires as the header says it
 */
public record Content(
    Map<String, String> metadata,
    @Nullable String type,
    @Nullable String encoding,
    @Nullable String language,
    @Nullable String disposition,
    @Nullable String cacheControl,
    @Nullable String expires) {

  /** Nothing. */
  public static final Content NONE = new Content(Map.of(), null, null, null, null, null, null);

  public Content {
    metadata = Map.copyOf(metadata);
  }

  /** The same with one more entry of metadata. */
  public Content with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(metadata);
    more.put(name, value);
    return new Content(more, type, encoding, language, disposition, cacheControl, expires);
  }

  /** The same with its type. */
  public Content ofType(String mediaType) {
    return new Content(metadata, mediaType, encoding, language, disposition, cacheControl, expires);
  }
}
