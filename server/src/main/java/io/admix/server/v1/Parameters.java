package io.admix.server.v1;

import io.admix.catalog.PageRequest;
import io.admix.core.name.Near;
import io.admix.core.name.Printable;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query of a request, strictly: an unknown name, a second value where there is one, and
 * whatever is no UTF-8 is a problem. Problems are gathered; {@link #check} ends the request with
 * all of them.
 */
final class Parameters {
  /** Entries of a page unless the request says another number. */
  static final int PAGE_SIZE = 50;

  private static final int PAGE_MAX = 1_000_000;
  private static final int PAIRS_MAX = 250;
  private static final int TEXT_MAX = 1_000;

  /** No sign, and no digits but these. */
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final List<FieldError> errors = new ArrayList<>();

  private Parameters() {}

  /** The query, of which these names are known. */
  static Parameters of(HttpServletRequest request, String... known) {
    Parameters parameters = new Parameters();
    String query = request.getQueryString();
    if (query != null && !query.isEmpty()) {
      parameters.read(query, List.of(known));
    }
    return parameters;
  }

  private void read(String query, List<String> known) {
    String[] pairs = query.split("&", PAIRS_MAX + 1);
    if (pairs.length > PAIRS_MAX) {
      problem("", "the query holds more than " + PAIRS_MAX + " parameters");
      return;
    }
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (name == null || name.isEmpty() && pair.isEmpty()) {
        continue;
      }
      if (!known.contains(name)) {
        problem(Printable.of(name), "is no parameter here" + words(name, known));
      } else if (value != null) {
        values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
      }
    }
  }

  private static String words(String name, List<String> known) {
    String question = Near.question(name, known);
    return known.isEmpty()
        ? "; none is"
        : question.isEmpty() ? "; known: " + String.join(", ", known) : question;
  }

  /** The text, or null after a problem was noted. */
  private @Nullable String decoded(String raw) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
        int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          problem("", "the query holds a % that two hexadecimal digits do not follow");
          return null;
        }
        bytes.write(high * 16 + low);
        i += 2;
      } else {
        bytes.write(c == '+' ? ' ' : c);
      }
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString();
      if (text.indexOf('\0') < 0) {
        return text;
      }
      problem("", "the query holds a zero byte");
    } catch (CharacterCodingException e) {
      problem("", "the query is no UTF-8");
    }
    return null;
  }

  void problem(String name, String message) {
    errors.add(new FieldError(name, message));
  }

  /** One value that is not empty, or null. */
  @Nullable String text(String name) {
    List<String> given = texts(name, 1);
    return given.isEmpty() ? null : given.getFirst();
  }

  /** As {@link #text}, and a problem when it is missing: empty then. */
  String required(String name, String meaning) {
    if (!values.containsKey(name)) {
      problem(name, "is missing: " + meaning);
    }
    String text = text(name);
    return text == null ? "" : text;
  }

  /** All values; a value is no good when it is empty or too long. */
  List<String> texts(String name, int most) {
    List<String> given = values.getOrDefault(name, List.of());
    if (given.size() > most) {
      problem(
          name,
          most == 1
              ? "is given %d times: give it once".formatted(given.size())
              : "is given %d times, more than %d".formatted(given.size(), most));
      return List.of();
    }
    if (given.stream().anyMatch(String::isEmpty)) {
      problem(name, "is empty; give a value or leave the parameter out");
      return List.of();
    }
    if (given.stream().anyMatch(value -> value.length() > TEXT_MAX)) {
      problem(name, "is longer than " + TEXT_MAX + " characters");
      return List.of();
    }
    return given;
  }

  int whole(String name, int byDefault, int least, int most) {
    String text = text(name);
    if (text == null) {
      return byDefault;
    }
    if (DIGITS.matcher(text).matches()) {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return (int) value;
      }
    }
    problem(
        name,
        "must be a whole number from %d to %d, not `%s`"
            .formatted(least, most, Printable.of(text)));
    return byDefault;
  }

  boolean flag(String name) {
    String text = text(name);
    if (text != null && !text.equals("true") && !text.equals("false")) {
      problem(name, "must be true or false, not `" + Printable.of(text) + "`");
    }
    return "true".equals(text);
  }

  <W extends Enum<W>> @Nullable W word(String name, Class<W> type) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    List<String> words = Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    if (words.contains(text)) {
      return Enum.valueOf(type, text);
    }
    problem(
        name,
        "`%s` is none of %s%s"
            .formatted(Printable.of(text), String.join(", ", words), Near.question(text, words)));
    return null;
  }

  /** The page that {@code page} and {@code pageSize} ask for. */
  PageRequest page() {
    return new PageRequest(
        whole("page", 1, 1, PAGE_MAX), whole("pageSize", PAGE_SIZE, 1, PageRequest.SIZE_MAX));
  }

  /**
   * Ends the reading.
   *
   * @throws ProblemException when anything is wrong
   */
  void check() {
    if (!errors.isEmpty()) {
      throw new ProblemException(ProblemType.INVALID_PARAMETER, errors);
    }
  }
}
