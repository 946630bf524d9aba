package io.admix.engine.dataset;

import io.admix.core.name.Printable;
import io.admix.core.name.SafeNames;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one line of a tags file.
 *
 * <p>{@code path}, or {@code file_name} as ImageFolder calls it, names the file below the folder.
 * {@code tags} are DataMate tag objects; {@code tagsUpdatedAt} their time; {@code metadata} an
 * object. Any other key is a label when its value is a short string, a number, true or false, or a
 * list of such; objects and long texts (captions) become metadata.
 */
final class TagLineParser {
  /** Longer strings, and such of several lines, are texts and no labels. */
  static final int LABEL_VALUE_CHARACTERS_MAX = 200;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private final ZoneId zone;

  TagLineParser(ZoneId zone) {
    this.zone = zone;
  }

  TagLine parse(long number, String text) throws TagLineException {
    ObjectNode object = object(text);
    ArrayNode tags = tags(object);
    ObjectNode metadata = metadata(object);
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (!isOurs(entry.getKey())) {
        addPlain(entry.getKey(), entry.getValue(), tags, metadata);
      }
    }
    return new TagLine(
        number,
        path(object),
        tags.isEmpty() ? null : tags.toString(),
        time(object),
        metadata.isEmpty() ? null : metadata.toString());
  }

  /** A label as DataMate stores it. */
  static ObjectNode tag(String label, List<String> values) {
    ObjectNode tag = JSON.createObjectNode();
    tag.put("id", label).put("type", "choices").put("from_name", label).put("to_name", "file");
    ArrayNode choices = tag.putObject("values").putArray("choices");
    values.forEach(choices::add);
    return tag;
  }

  private static boolean isOurs(String key) {
    return switch (key) {
      case "path", "file_name", "tags", "tagsUpdatedAt", "metadata" -> true;
      default -> false;
    };
  }

  private static ObjectNode object(String text) throws TagLineException {
    try {
      JsonNode node = JSON.readTree(text);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new TagLineException("is no JSON object");
    } catch (JacksonException e) {
      throw new TagLineException("is no JSON: " + Printable.of(e.getOriginalMessage()));
    }
  }

  private static String path(ObjectNode object) throws TagLineException {
    JsonNode path = object.get("path");
    JsonNode fileName = object.get("file_name");
    if ((path == null) == (fileName == null)) {
      throw new TagLineException(
          path == null
              ? "has neither \"path\" nor \"file_name\""
              : "has both \"path\" and \"file_name\"");
    }
    JsonNode node = path == null ? fileName : path;
    if (node == null || !node.isString()) {
      throw new TagLineException("has a path that is no string: " + Printable.of(node.toString()));
    }
    String text = node.stringValue();
    Optional<String> problem = SafeNames.problemOfPath(text);
    if (problem.isPresent()) {
      throw new TagLineException(
          "has the path `"
              + Printable.of(text)
              + "`, which "
              + problem.get()
              + ": paths are below the folder, such as images/a.jpg");
    }
    return text;
  }

  private static ArrayNode tags(ObjectNode object) throws TagLineException {
    JsonNode tags = object.get("tags");
    if (tags == null || tags.isNull()) {
      return JSON.createArrayNode();
    }
    if (tags instanceof ArrayNode array && array.valueStream().allMatch(JsonNode::isObject)) {
      return array;
    }
    throw new TagLineException("has \"tags\" that are no list of objects");
  }

  private static ObjectNode metadata(ObjectNode object) throws TagLineException {
    JsonNode metadata = object.get("metadata");
    if (metadata == null || metadata.isNull()) {
      return JSON.createObjectNode();
    }
    if (metadata instanceof ObjectNode given) {
      return given;
    }
    throw new TagLineException("has \"metadata\" that is no object");
  }

  private @Nullable String time(ObjectNode object) throws TagLineException {
    JsonNode node = object.get("tagsUpdatedAt");
    if (node == null || node.isNull()) {
      return null;
    }
    String text = node.isString() ? node.stringValue().strip().replace(' ', 'T') : "";
    try {
      if (text.length() <= 10) {
        return LocalDate.parse(text).atStartOfDay(zone).toInstant().toString();
      }
      boolean hasOffset =
          text.endsWith("Z") || text.lastIndexOf('+') > 10 || text.lastIndexOf('-') > 10;
      return (hasOffset
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDateTime.parse(text).atZone(zone).toInstant())
          .toString();
    } catch (DateTimeException e) {
      throw new TagLineException(
          "has a \"tagsUpdatedAt\" that is no ISO date or time: " + Printable.of(node.toString()));
    }
  }

  private static void addPlain(String key, JsonNode value, ArrayNode tags, ObjectNode metadata) {
    Optional<List<String>> labels = labels(value);
    if (labels.isEmpty()) {
      metadata.set(key, value);
    } else if (!labels.get().isEmpty()) {
      tags.add(tag(key, labels.get()));
    }
  }

  /** The values of a plain label; none for null; empty when it is metadata. */
  private static Optional<List<String>> labels(JsonNode value) {
    if (value.isNull()) {
      return Optional.of(List.of());
    }
    if (!(value instanceof ArrayNode array)) {
      return isLabel(value) ? Optional.of(List.of(value.asString())) : Optional.empty();
    }
    List<String> values = new ArrayList<>();
    for (JsonNode item : array) {
      if (!isLabel(item)) {
        return Optional.empty();
      }
      values.add(item.asString());
    }
    return Optional.of(values);
  }

  private static boolean isLabel(JsonNode value) {
    if (value.isNumber() || value.isBoolean()) {
      return true;
    }
    return value.isString()
        && value.stringValue().length() <= LABEL_VALUE_CHARACTERS_MAX
        && value.stringValue().indexOf('\n') < 0;
  }
}
