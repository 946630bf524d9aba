package io.admix.server.datamate;

import io.admix.catalog.PageRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a query and notes all that is wrong. Unknown ones are passed over. */
final class Parameters {
  private static final int LENGTH_MAX = 1_000;
  private static final int IDS_MAX = 1_000;
  private static final int SIZE_DEFAULT = 10;

  private final HttpServletRequest request;
  private final List<String> errors = new ArrayList<>();

  Parameters(HttpServletRequest request) {
    this.request = request;
  }

  /** The text of a parameter, or null when it is missing or empty; of several the last. */
  @Nullable String text(String name) {
    String[] values = request.getParameterValues(name);
    if (values == null || values[values.length - 1].isEmpty()) {
      return null;
    }
    String text = values[values.length - 1];
    check(name, text);
    return text;
  }

  private void check(String name, String text) {
    if (text.length() > LENGTH_MAX) {
      errors.add("%s: has %d characters, more than %d".formatted(name, text.length(), LENGTH_MAX));
    } else if (text.indexOf('\0') >= 0) {
      errors.add(name + ": holds a zero byte");
    }
  }

  /** The page that is asked for; only good when {@link #throwIfAny} throws nothing. */
  PageRequest page() {
    int number = number("page", 1, Integer.MAX_VALUE, 1);
    int size = number("size", 1, PageRequest.SIZE_MAX, SIZE_DEFAULT);
    return new PageRequest(number, size);
  }

  private int number(String name, int min, int max, int byDefault) {
    String[] values = request.getParameterValues(name);
    if (values == null) {
      return byDefault;
    }
    return Whole.of(values[values.length - 1], min, max)
        .map(Long::intValue)
        .orElseGet(() -> {
          errors.add("%s: must be a whole number from %d to %d".formatted(name, min, max));
          return byDefault;
        });
  }

  /** All values of a parameter that must be there. */
  List<String> all(String name) {
    String[] values = request.getParameterValues(name);
    if (values == null) {
      errors.add(name + ": is required");
      return List.of();
    }
    if (values.length > IDS_MAX) {
      errors.add("%s: %d values, more than %d".formatted(name, values.length, IDS_MAX));
    }
    for (String value : values) {
      check(name, value);
    }
    return List.of(values);
  }

  void throwIfAny() {
    if (!errors.isEmpty()) {
      throw DataMateException.invalid(errors);
    }
  }
}
