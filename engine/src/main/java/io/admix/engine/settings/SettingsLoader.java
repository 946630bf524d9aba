package io.admix.engine.settings;

import io.admix.engine.RefusedException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings. Later sources win: defaults, {@code <home>/admix.properties}, {@code ADMIX_…} of
 * the environment, {@code -c key=value}. Nothing is created.
 */
public final class SettingsLoader {
  private final SettingsInput input;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, SettingValue> values = new HashMap<>();

  private SettingsLoader(SettingsInput input) {
    this.input = input;
  }

  /**
   * Validates everything.
   *
   * @throws RefusedException with all problems at once, each naming key, value, range and where it
   *     was written
   */
  public static Settings load(SettingsInput input) throws RefusedException {
    return new SettingsLoader(input).load();
  }

  private Settings load() throws RefusedException {
    Path home = home();
    SettingSources sources = new SettingSources(problems, values);
    SettingKeys.all().forEach(sources::setDefault);
    sources.readFile(home.resolve("admix.properties"));
    sources.readEnvironment(input.environment());
    sources.readOverrides(input.overrides());
    values.values().stream()
        .filter(v -> !v.isValid())
        .map(SettingValue::problem)
        .sorted()
        .forEach(problems::add);
    checkMinimum();
    Secrets secrets = new Secrets(input, problems);
    Database database = new DatabaseAddress(input, secrets, problems).read(home);
    ServerSettingsReader server = new ServerSettingsReader(values, secrets, problems);
    server.check();
    S3SettingsReader s3 = new S3SettingsReader(values);
    if (!problems.isEmpty()) {
      throw new RefusedException(problems);
    }
    return new Settings(
        home,
        database.url(),
        database.user(),
        database.password(),
        home.resolve(text(SettingKeys.STATE_DIR).replace("<home>", home.toString())).normalize(),
        value(SettingKeys.ZONE).zone().orElseThrow(),
        copy(),
        (int) (long) value(SettingKeys.LEASE).seconds().orElseThrow(),
        Duration.ofSeconds(value(SettingKeys.KEEP_PLANS).seconds().orElseThrow()),
        server.read(home),
        s3.read());
  }

  private CopySettings copy() {
    return new CopySettings(
        whole(SettingKeys.MIN),
        whole(SettingKeys.MAX),
        value(SettingKeys.CPU_FACTOR).real().orElseThrow(),
        value(SettingKeys.MEMORY_PER_TASK).bytes().orElseThrow(),
        value(SettingKeys.RESERVE).real().orElseThrow(),
        value(SettingKeys.DYNAMIC).truth().orElseThrow(),
        whole(SettingKeys.FIXED),
        whole(SettingKeys.BATCH),
        value(SettingKeys.ADAPTIVE).truth().orElseThrow());
  }

  private void checkMinimum() {
    SettingValue min = value(SettingKeys.MIN);
    SettingValue max = value(SettingKeys.MAX);
    if (min.isValid() && max.isValid() && min.whole().orElseThrow() > max.whole().orElseThrow()) {
      problems.add(
          "%s = %s (from %s) is above %s = %s (from %s): the minimum must be at most the maximum."
              .formatted(
                  min.setting().key(),
                  min.text(),
                  min.from(),
                  max.setting().key(),
                  max.text(),
                  max.from()));
    }
  }

  private Path home() throws RefusedException {
    String written = firstGiven(input.home(), input.environment().get("ADMIX_HOME"));
    if (written == null) {
      written = defaultHome();
    }
    try {
      return input.folder().toAbsolutePath().resolve(written).normalize();
    } catch (InvalidPathException e) {
      throw new RefusedException("The home " + written + " is no path: " + e.getReason() + ".");
    }
  }

  /** The XDG base directory specification says that a relative XDG_DATA_HOME is to be ignored. */
  private String defaultHome() throws RefusedException {
    String data = input.environment().get("XDG_DATA_HOME");
    if (data != null && data.startsWith("/")) {
      return data + "/admix";
    }
    String user = firstGiven(input.environment().get("HOME"), System.getProperty("user.home"));
    if (user == null || !user.startsWith("/")) {
      throw new RefusedException(
          "No home folder is known: HOME, XDG_DATA_HOME and ADMIX_HOME are not set. Give one with --home DIR.");
    }
    return user + "/.local/share/admix";
  }

  static @Nullable String firstGiven(@Nullable String a, @Nullable String b) {
    return a != null && !a.isEmpty() ? a : b != null && !b.isEmpty() ? b : null;
  }

  private SettingValue value(String key) {
    return Objects.requireNonNull(values.get(key), key);
  }

  private String text(String key) {
    return value(key).text();
  }

  private int whole(String key) {
    return Math.toIntExact(value(key).whole().orElseThrow());
  }

  /** Where the database is and who asks. */
  record Database(String url, @Nullable String user, @Nullable String password) {}
}
