package io.admix.engine.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads secrets: from the environment, or from the file that {@code …_FILE} names. */
final class Secrets {
  private final SettingsInput input;
  private final List<String> problems;

  Secrets(SettingsInput input, List<String> problems) {
    this.input = input;
    this.problems = problems;
  }

  /** The secret, or null where none is given or a problem was told. */
  @Nullable String read(String variable) {
    String value = input.environment().get(variable);
    String file = input.environment().get(variable + "_FILE");
    if (value != null && file != null) {
      problems.add(variable + " and " + variable + "_FILE are both set: keep one.");
      return null;
    }
    if (file == null) {
      return value;
    }
    try {
      return Files.readString(input.folder().resolve(file)).stripTrailing();
    } catch (IOException | RuntimeException e) {
      problems.add(
          variable
              + "_FILE = "
              + file
              + ": the file cannot be read ("
              + e.getClass().getSimpleName()
              + ").");
      return null;
    }
  }
}
