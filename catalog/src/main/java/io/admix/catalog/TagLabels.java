package io.admix.catalog;

import io.admix.core.select.FileFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the labels out of a file's tags by DataMate's rule: an array of objects; of each, {@code
 * values[type]} (key and type without surrounding blanks, case folded) is one string or a list in
 * which each string is a value of the label {@code from_name}. Anything else is no label, and
 * spoils none of its neighbours; of text that is not JSON the labels before the fault count.
 * Members come in any order (jsonb has its own), so the values of one object are kept until it
 * ends. Reused for the next file; for one thread.
 */
public final class TagLabels {
  private static final JsonFactory JSON = new JsonFactory();

  /** Most datasets have few different tags, each on many files: parsed once. */
  private static final int KNOWN_MAX = 1_000;

  private static final int KNOWN_LENGTH_MAX = 2_000;

  private final Map<String, List<Label>> known = new HashMap<>();
  private final List<String> keys = new ArrayList<>();
  private final List<String> values = new ArrayList<>();
  private @Nullable String type;
  private @Nullable String label;

  private record Label(String label, String value) {}

  /** Offers the labels of these tags until one is accepted. */
  public boolean any(String tags, FileFacts.LabelTest test) {
    List<Label> labels = known.get(tags);
    if (labels == null) {
      if (known.size() >= KNOWN_MAX || tags.length() > KNOWN_LENGTH_MAX) {
        return parse(tags, test);
      }
      List<Label> found = new ArrayList<>();
      parse(tags, (label, value) -> !found.add(new Label(label, value)));
      known.put(tags, found);
      labels = found;
    }
    for (Label each : labels) {
      if (test.test(each.label, each.value)) {
        return true;
      }
    }
    return false;
  }

  private boolean parse(String tags, FileFacts.LabelTest test) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), tags)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return false;
      }
      for (JsonToken token = parser.nextToken();
          token != null && token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        if (token != JsonToken.START_OBJECT) {
          parser.skipChildren();
        } else if (readTag(parser, test)) {
          return true;
        }
      }
      return false;
    } catch (JacksonException malformed) {
      return false;
    }
  }

  private boolean readTag(JsonParser parser, FileFacts.LabelTest test) {
    type = null;
    label = null;
    forgetValues();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String member = parser.currentName();
      JsonToken token = parser.nextToken();
      switch (member) {
        case "type" -> type = text(parser, token);
        case "from_name" -> label = text(parser, token);
        case "values" -> readValues(parser, token);
        default -> parser.skipChildren();
      }
    }
    return offer(test);
  }

  private static @Nullable String text(JsonParser parser, JsonToken token) {
    if (token == JsonToken.VALUE_STRING) {
      return parser.getString();
    }
    parser.skipChildren();
    return null;
  }

  private void readValues(JsonParser parser, JsonToken token) {
    forgetValues();
    if (token != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      readValue(parser, parser.currentName());
    }
  }

  private void readValue(JsonParser parser, String key) {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_STRING) {
      keep(key, parser.getString());
    } else if (token == JsonToken.START_ARRAY) {
      for (JsonToken element = parser.nextToken();
          element != JsonToken.END_ARRAY;
          element = parser.nextToken()) {
        if (element == JsonToken.VALUE_STRING) {
          keep(key, parser.getString());
        } else {
          parser.skipChildren();
        }
      }
    } else {
      parser.skipChildren();
    }
  }

  private void keep(String key, String value) {
    keys.add(key);
    values.add(value);
  }

  private void forgetValues() {
    keys.clear();
    values.clear();
  }

  private boolean offer(FileFacts.LabelTest test) {
    if (type == null || label == null) {
      return false;
    }
    String wanted = folded(type);
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i);
      if ((key.equals(type) || folded(key).equals(wanted)) && test.test(label, values.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static String folded(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
