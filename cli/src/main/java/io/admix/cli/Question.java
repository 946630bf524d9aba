package io.admix.cli;

import io.admix.engine.RefusedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Asks a person before something is deleted. */
final class Question {
  private Question() {}

  /**
   * @throws RefusedException unless the answer is yes; also where nobody can be asked
   */
  static void confirm(Console console, String question) throws IOException, RefusedException {
    if (console.errKind() != Console.Kind.TERMINAL) {
      throw new RefusedException(
          question + " Nobody can be asked here: confirm with --yes. Nothing was changed.");
    }
    console.err().print(question + " [y/N] ");
    console.err().flush();
    String answer =
        new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8)).readLine();
    if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
      throw new RefusedException("Not confirmed. Nothing was changed.");
    }
  }
}
