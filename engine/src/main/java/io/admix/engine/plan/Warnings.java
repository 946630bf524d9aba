package io.admix.engine.plan;

import java.util.ArrayList;
import java.util.List;

/** Sentences for people, gathered in order. */
final class Warnings {
  private final List<String> sentences = new ArrayList<>();

  void add(String sentence) {
    sentences.add(sentence);
  }

  /** Adds {@code format} about {@code subject} and {@code count} when there is any. */
  void addIf(long count, String format, String subject) {
    addIf(count, format, subject, count);
  }

  void addIf(long count, String format, Object... values) {
    if (count > 0) {
      sentences.add(format.formatted(values));
    }
  }

  List<String> toList() {
    return List.copyOf(sentences);
  }
}
