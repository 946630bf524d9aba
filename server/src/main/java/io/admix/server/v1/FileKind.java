package io.admix.server.v1;

import io.admix.core.name.Near;
import io.admix.core.name.Printable;
import java.util.Arrays;
import java.util.List;

/** What a dataset's files are. */
enum FileKind {
  TEXT,
  IMAGE,
  AUDIO,
  VIDEO,
  OTHER;

  static boolean isOne(String word) {
    return words().contains(word);
  }

  static String unknown(String word) {
    return "`%s` is none of %s%s"
        .formatted(Printable.of(word), String.join(", ", words()), Near.question(word, words()));
  }

  private static List<String> words() {
    return Arrays.stream(values()).map(Enum::name).toList();
  }
}
