package io.admix.core.name;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses the word that was meant. */
public final class Near {
  /** Longer words are not compared: nobody mistypes one of them for a key. */
  private static final int WORD_MAX = 64;

  private Near() {}

  /**
   * The nearest of some known words by Damerau–Levenshtein distance (optimal string alignment),
   * without regard to case and with {@code _} as {@code -}; empty when none is nearer than about a
   * third of the word. Of equally near ones the first in their order.
   */
  public static Optional<String> suggestion(String word, Collection<String> known) {
    String plain = plain(word);
    if (plain.isEmpty() || plain.length() > WORD_MAX) {
      return Optional.empty();
    }
    int most = Math.max(1, plain.length() / 3);
    return known.stream()
        .filter(k -> distance(plain, plain(k)) <= most)
        .min(Comparator.comparingInt(k -> distance(plain, plain(k))));
  }

  /** ": did you mean `x`?", or an empty text, to end a message with. */
  public static String question(String word, Collection<String> known) {
    return suggestion(word, known).map(near -> ": did you mean `" + near + "`?").orElse("");
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    Arrays.setAll(cost[0], j -> j);
    for (int i = 1; i <= a.length(); i++) {
      cost[i][0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(cost[i - 1][j - 1] + same, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
