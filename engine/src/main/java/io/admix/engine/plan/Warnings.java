package io.admix.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Sentences for people, gathered in order. */
final class Warnings {
  private static final Pattern NUMBER = Pattern.compile("\\{([^|{}]*)\\|([^|{}]*)}");

  private final List<String> sentences = new ArrayList<>();
  private final List<String> forecasts = new ArrayList<>();

  void add(String sentence) {
    sentences.add(sentence);
  }

  /** Adds what may hinder the making, and is settled once the mix is made. */
  void addForecast(String sentence) {
    forecasts.add(sentence);
  }

  /**
   * Adds {@code format} about {@code subject} and {@code count} when there is any; of <code>
   * {one|many}</code> the one that fits the count stays.
   */
  void addIf(long count, String format, String subject) {
    addIf(count, format, subject, count);
  }

  void addIf(long count, String format, Object... values) {
    if (count > 0) {
      sentences.add(NUMBER.matcher(format).replaceAll(count == 1 ? "$1" : "$2").formatted(values));
    }
  }

  List<String> toList() {
    return List.copyOf(sentences);
  }

  List<String> forecasts() {
    return List.copyOf(forecasts);
  }
}
