package io.admix.engine.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads where the database is. User and password come from the environment or from files, never
 * from a command line, which every user of the machine can read.
 */
final class DatabaseAddress {
  private static final Pattern SECRET_IN_URL =
      Pattern.compile("[?&;](password|sslpassword)=|//[^/@?]*:[^/@?]*@", Pattern.CASE_INSENSITIVE);

  private final SettingsInput input;
  private final Secrets secrets;
  private final List<String> problems;

  DatabaseAddress(SettingsInput input, Secrets secrets, List<String> problems) {
    this.input = input;
    this.secrets = secrets;
    this.problems = problems;
  }

  SettingsLoader.Database read(Path home) {
    String url = SettingsLoader.firstGiven(input.database(), input.environment().get("ADMIX_DB"));
    if (url == null) {
      url = "jdbc:sqlite:" + home.resolve("catalog.db");
    }
    checkUrl(url);
    return new SettingsLoader.Database(
        url, secrets.read("ADMIX_DB_USER"), secrets.read("ADMIX_DB_PASSWORD"));
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
}
