package io.admix.engine.settings;

import static io.admix.core.fuzz.Bounded.require;

import io.admix.core.fuzz.Bounded;
import io.admix.engine.RefusedException;
import io.admix.engine.fuzz.FuzzFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fuzz target: lines of {@code admix.properties}; behind a line that is only {@code --}, overrides;
 * behind another, a home, a database and values of the environment.
 */
public final class SettingsFuzz {
  private static final FuzzFile FILE = new FuzzFile("admix.properties");

  private SettingsFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    String[] parts = new String(data, StandardCharsets.UTF_8).split("\n--\n", 3);
    Bounded.run(
        data.length,
        () -> {
          Path file = FILE.with(parts[0].getBytes(StandardCharsets.UTF_8));
          String home = file.getParent().toString();
          List<String> overrides = parts.length < 2 ? List.of() : List.of(parts[1].split("\n"));
          load(new SettingsInput(home, null, overrides, Map.of(), Path.of("/data")));
          if (parts.length == 3) {
            load(strange(parts[2].split("\n", 4)));
          }
        });
  }

  private static SettingsInput strange(String[] lines) {
    Map<String, String> environment = new HashMap<>();
    environment.put("HOME", "/home/me");
    if (lines.length > 2) {
      environment.put("ADMIX_COPY_BATCH_SIZE", lines[2]);
      environment.put("ADMIX_DB_USER", lines[2]);
    }
    if (lines.length > 3) {
      environment.put("ADMIX_ZONE", lines[3]);
      environment.put("ADMIX_STATE_DIR", lines[3]);
    }
    return new SettingsInput(
        lines[0], lines.length > 1 ? lines[1] : null, List.of(), environment, Path.of("/data"));
  }

  private static void load(SettingsInput input) {
    Settings settings;
    try {
      settings = SettingsLoader.load(input);
    } catch (RefusedException e) {
      require(!e.problems().isEmpty(), "refused without a reason");
      e.problems().forEach(problem -> require(!problem.isBlank(), "a problem without words"));
      return;
    }
    CopySettings copy = settings.copy();
    require(copy.minConcurrency() <= copy.maxConcurrency(), "%s", copy);
    require(copy.minConcurrency() >= 1 && copy.batchSize() >= 1, "%s", copy);
    require(settings.leaseSeconds() >= 5 && settings.leaseSeconds() <= 3600, "%s", settings);
    require(settings.stateDir().isAbsolute(), "%s", settings.stateDir());
    require(Concurrency.of(copy, Resources.now()).workers() >= 1, "%s", copy);
  }
}
