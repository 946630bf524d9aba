package io.admix.engine.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that settings may come from.
 *
 * @param home as given on the command line, or null
 * @param database JDBC URL as given on the command line, or null
 * @param overrides {@code key=value}, as given by {@code -c}
 * @param environment the process's environment
 * @param folder against which relative paths are meant
 */
public record SettingsInput(
    @Nullable String home,
    @Nullable String database,
    List<String> overrides,
    Map<String, String> environment,
    Path folder) {

  public SettingsInput {
    overrides = List.copyOf(overrides);
    environment = Map.copyOf(environment);
  }

  /** The defaults for one home, nothing else: for programs that embed the engine, and for tests. */
  public static SettingsInput forHome(Path home) {
    return new SettingsInput(home.toString(), null, List.of(), Map.of(), home.toAbsolutePath());
  }
}
