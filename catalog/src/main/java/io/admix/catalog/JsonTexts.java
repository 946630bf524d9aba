package io.admix.catalog;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Proves that a text is one JSON value: PostgreSQL's columns demand it, and SQLite's are to hold
 * the same.
 */
final class JsonTexts {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonTexts() {}

  /**
   * Does nothing for null and for JSON.
   *
   * @throws CatalogException naming the file and the place otherwise
   */
  static void require(@Nullable String text, String what, String path) {
    if (text == null) {
      return;
    }
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        throw new CatalogException(
            "The %s of '%s' are empty: give JSON or nothing. The file was not registered."
                .formatted(what, path));
      }
      parser.skipChildren();
      if (parser.nextToken() != null) {
        throw new CatalogException(
            "The %s of '%s' are more than one JSON value. The file was not registered."
                .formatted(what, path));
      }
    } catch (JacksonException malformed) {
      throw new CatalogException(
          "The %s of '%s' are no JSON: %s. The file was not registered."
              .formatted(what, path, malformed.getOriginalMessage()),
          malformed);
    }
  }
}
