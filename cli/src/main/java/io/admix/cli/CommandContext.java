package io.admix.cli;

import io.admix.engine.Admix;
import io.admix.engine.RefusedException;
import io.admix.engine.settings.Settings;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a command sees of the world.
 *
 * @param folder against which relative paths of the command line are meant
 */
record CommandContext(
    Console console, Map<String, String> environment, Path folder, Interruption interruption) {

  /** Opens the engine; the caller closes it. */
  Admix open(GlobalOptions options) throws RefusedException {
    return Admix.open(settings(options, List.of()));
  }

  /** What is set, with settings that options of the command stand for. */
  Settings settings(GlobalOptions options, List<String> more) throws RefusedException {
    List<String> overrides = Stream.concat(options.settings.stream(), more.stream()).toList();
    return SettingsLoader.load(
        new SettingsInput(options.home, options.database, overrides, environment, folder));
  }

  Path resolve(Path path) {
    return folder.resolve(path).toAbsolutePath().normalize();
  }
}
