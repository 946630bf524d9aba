package io.admix.engine.settings;

import java.util.Collection;
import java.util.Optional;

/** Finds the known name that somebody probably meant. */
public final class NearNames {
  private NearNames() {}

  /**
   * The nearest of {@code known} when few edits lead to it: at most a third of its letters, and at
   * least two.
   */
  public static Optional<String> near(String written, Collection<String> known) {
    String best = null;
    int bestEdits = Integer.MAX_VALUE;
    for (String name : known) {
      int edits = edits(written, name);
      if (edits < bestEdits && edits <= Math.max(2, name.length() / 3)) {
        best = name;
        bestEdits = edits;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Levenshtein's distance. */
  static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
