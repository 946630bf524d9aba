package io.admix.server.datamate;

import io.admix.core.name.Blanks;
import io.admix.core.name.Utf8;
import io.admix.engine.ratio.RatioFilter;
import io.admix.engine.ratio.RatioRequest;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the body that creates a task, and says everything that is wrong with it at once. */
final class RatioRequestReader {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int DESCRIPTION_MAX = 10_000;
  private static final int ID_MAX = 1_000;
  private static final int ERRORS_MAX = 100;

  private final ZoneId zone;
  private final List<String> errors = new ArrayList<>();

  private RatioRequestReader(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * A request with the texts of its numbers, which are sent back as they came.
   *
   * @param counts of each item
   */
  record Sent(RatioRequest request, List<String> counts) {}

  /**
   * Reads a body.
   *
   * @throws DataMateException 422 with every problem
   */
  static Sent read(byte @Nullable [] body, ZoneId zone) {
    RatioRequestReader reader = new RatioRequestReader(zone);
    Sent sent = reader.request(reader.document(body));
    reader.throwIfAny();
    return sent;
  }

  private JsonNode document(byte @Nullable [] body) {
    JsonNode document = null;
    if (body == null || body.length == 0) {
      errors.add("body: is required");
    } else {
      try {
        document = JSON.readTree(body);
      } catch (JacksonException e) {
        errors.add("body: is no JSON: " + e.getOriginalMessage());
      }
    }
    if (document != null && !document.isObject()) {
      errors.add("body: must be an object");
    }
    throwIfAny();
    return Objects.requireNonNull(document);
  }

  private void throwIfAny() {
    if (!errors.isEmpty()) {
      List<String> shown = new ArrayList<>(errors.subList(0, Math.min(errors.size(), ERRORS_MAX)));
      if (errors.size() > ERRORS_MAX) {
        shown.add("and %d more".formatted(errors.size() - ERRORS_MAX));
      }
      throw DataMateException.invalid(shown);
    }
  }

  private Sent request(JsonNode body) {
    String name = text(body, "name", "name", RatioRequest.NAME_MAX);
    checkName(body.get("name"));
    String description = textOrNull(body, "description", "description", DESCRIPTION_MAX);
    long totals = number(body, "totals", "totals").orElse(0L);
    List<RatioRequest.Item> items = new ArrayList<>();
    List<String> counts = new ArrayList<>();
    for (JsonNode item : config(body)) {
      String path = "config[" + items.size() + "]";
      if (item.isObject()) {
        items.add(item(item, path));
        counts.add(item.path("counts").asString(""));
      } else {
        errors.add(path + ": must be an object");
      }
    }
    checkSum(items);
    return new Sent(new RatioRequest(name, description, totals, items), counts);
  }

  private void checkName(@Nullable JsonNode name) {
    if (name == null || !name.isString()) {
      return;
    }
    if (Blanks.strip(name.asString()).isEmpty()) {
      errors.add("name: Task name is required");
    } else if (name.asString().codePoints().anyMatch(Character::isISOControl)) {
      errors.add("name: holds a control character");
    }
  }

  private Iterable<JsonNode> config(JsonNode body) {
    JsonNode config = body.get("config");
    if (config == null || !config.isArray()) {
      errors.add("config: " + (config == null ? "is required" : "must be a list"));
      return List.of();
    }
    if (config.isEmpty() || config.size() > RatioRequest.ITEMS_MAX) {
      errors.add(
          "config: has %d items; give 1 to %d".formatted(config.size(), RatioRequest.ITEMS_MAX));
      return List.of();
    }
    return config;
  }

  private void checkSum(List<RatioRequest.Item> items) {
    long sum = items.stream().mapToLong(RatioRequest.Item::count).sum();
    if (sum > RatioRequest.FILES_MAX) {
      errors.add(
          "config: the counts are %d files together, more than %d"
              .formatted(sum, RatioRequest.FILES_MAX));
    } else if (sum == 0 && !items.isEmpty() && errors.isEmpty()) {
      errors.add("config: every counts is 0; ask for one file at least");
    }
  }

  private RatioRequest.Item item(JsonNode item, String path) {
    String id = text(item, "datasetId", path + ".datasetId", ID_MAX);
    long count = number(item, "counts", path + ".counts").orElse(0L);
    JsonNode conditions = item.get("filterConditions");
    if (conditions == null || !conditions.isObject()) {
      errors.add(
          path
              + ".filterConditions: "
              + (conditions == null ? "is required" : "must be an object"));
      return new RatioRequest.Item(id, count, RatioFilter.ALL);
    }
    return new RatioRequest.Item(id, count, filter(conditions, path + ".filterConditions"));
  }

  private RatioFilter filter(JsonNode conditions, String path) {
    return new RatioFilter(
        dateRange(conditions.get("dateRange"), path + ".dateRange"),
        label(conditions.get("label"), path + ".label"));
  }

  private @Nullable List<String> dateRange(@Nullable JsonNode range, String path) {
    if (range == null || range.isNull()) {
      return null;
    }
    List<String> dates = new ArrayList<>();
    for (JsonNode date : range.isArray() ? range : List.<JsonNode>of()) {
      if (date.isString()) {
        dates.add(date.asString());
      }
    }
    if (!range.isArray() || dates.size() != range.size()) {
      errors.add(path + ": must be a list of two texts");
      return null;
    }
    Optional<String> problem = RatioFilter.problemOfDates(dates, zone);
    problem.ifPresent(words -> errors.add(path + ": " + words));
    return problem.isPresent() ? null : dates;
  }

  private RatioFilter.@Nullable Label label(@Nullable JsonNode label, String path) {
    if (label == null || label.isNull()) {
      return null;
    }
    if (!label.isObject()) {
      errors.add(path + ": must be an object");
      return null;
    }
    if (!label.has("label")) {
      errors.add(path + ".label: is required");
    }
    return new RatioFilter.Label(
        textOrNull(label, "label", path + ".label", DESCRIPTION_MAX),
        textOrNull(label, "value", path + ".value", DESCRIPTION_MAX));
  }

  /** A number that must be there, as a text. */
  private Optional<Long> number(JsonNode parent, String key, String path) {
    JsonNode node = parent.get(key);
    if (node == null || !node.isString()) {
      errors.add(
          path + ": " + (node == null ? "is required" : "must be a number written as a text"));
      return Optional.empty();
    }
    Optional<Long> number = Whole.of(node.asString(), 0, RatioRequest.FILES_MAX);
    if (number.isEmpty()) {
      errors.add(
          "%s: must be a whole number from 0 to %d, written as a text"
              .formatted(path, RatioRequest.FILES_MAX));
    }
    return number;
  }

  /** A text that must be there; empty after a problem was noted. */
  private String text(JsonNode parent, String key, String path, int max) {
    JsonNode node = parent.get(key);
    if (node == null || node.isNull()) {
      errors.add(path + ": is required");
      return "";
    }
    String text = textOrNull(parent, key, path, max);
    return text == null ? "" : text;
  }

  private @Nullable String textOrNull(JsonNode parent, String key, String path, int max) {
    JsonNode node = parent.get(key);
    if (node == null || node.isNull()) {
      return null;
    }
    if (!node.isString()) {
      errors.add(path + ": must be a text");
      return null;
    }
    String text = node.asString();
    int length = text.codePointCount(0, text.length());
    if (length > max) {
      errors.add("%s: has %d characters, more than %d".formatted(path, length, max));
    } else if (text.indexOf('\0') >= 0 || !Utf8.isWellFormed(text)) {
      errors.add(path + ": holds a zero byte or is not well-formed Unicode");
    } else {
      return text;
    }
    return null;
  }
}
