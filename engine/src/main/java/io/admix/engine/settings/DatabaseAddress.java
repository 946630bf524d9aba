package io.admix.engine.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads where the database is. User and password come from the environment or from files, never
 * from a command line, which every user of the machine can read.
 */
final class DatabaseAddress {
  private static final Pattern SECRET_IN_URL =
      Pattern.compile("[?&;](password|sslpassword)=|//[^/@?]*:[^/@?]*@", Pattern.CASE_INSENSITIVE);

  private final SettingsInput input;
  private final List<String> problems;

  DatabaseAddress(SettingsInput input, List<String> problems) {
    this.input = input;
    this.problems = problems;
  }

  SettingsLoader.Database read(Path home) {
    String url = SettingsLoader.firstGiven(input.database(), input.environment().get("ADMIX_DB"));
    if (url == null) {
      url = "jdbc:sqlite:" + home.resolve("catalog.db");
    }
    checkUrl(url);
    return new SettingsLoader.Database(url, secret("ADMIX_DB_USER"), secret("ADMIX_DB_PASSWORD"));
  }

  private void checkUrl(String url) {
    if (SECRET_IN_URL.matcher(url).find()) {
      // The URL itself is not repeated: it holds the secret.
      problems.add(
          "The database URL holds a password. Take it out and set ADMIX_DB_PASSWORD, or ADMIX_DB_PASSWORD_FILE to a file that holds it.");
    } else if (!url.startsWith("jdbc:sqlite:") && !url.startsWith("jdbc:postgresql:")) {
      problems.add(
          "The database URL "
              + url
              + " is none that Admix knows: use jdbc:postgresql://HOST/NAME or jdbc:sqlite:FILE.");
    }
  }

  private @Nullable String secret(String variable) {
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
