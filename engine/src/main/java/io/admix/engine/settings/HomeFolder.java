package io.admix.engine.settings;

import io.admix.engine.RefusedException;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the home ready for use. */
public final class HomeFolder {
  private HomeFolder() {}

  /**
   * Creates home and state folder where they are missing, and checks that SQLite can live there:
   * its write-ahead log needs memory shared between processes, which network file systems do not
   * give (https://www.sqlite.org/wal.html).
   *
   * @throws RefusedException when the home cannot be made or written, or is on a network file
   *     system under SQLite
   */
  public static void prepare(Settings settings, FileAccess access) throws RefusedException {
    create(settings.home(), "home");
    create(settings.stateDir(), "state folder (admix.state-dir)");
    if (settings.databaseUrl().startsWith("jdbc:sqlite:")) {
      Path database =
          Path.of(settings.databaseUrl().substring("jdbc:sqlite:".length())).toAbsolutePath();
      Path folder = database.getParent();
      refuseNetwork(folder == null ? settings.home() : folder, access);
    }
  }

  /**
   * Creates the data root of the service where it is missing.
   *
   * @throws RefusedException when it cannot be made or written
   */
  public static void prepareDataRoot(ServerSettings settings) throws RefusedException {
    Path folder = settings.dataRoot();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new RefusedException(
          "The data root %s (admix.data-root) cannot be made: %s."
              .formatted(folder, e.getMessage()));
    }
    if (!Files.isWritable(folder)) {
      throw new RefusedException(
          "The data root %s (admix.data-root) cannot be written by this user. Give another, or mend its permissions."
              .formatted(folder));
    }
  }

  private static void create(Path folder, String what) throws RefusedException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new RefusedException(
          "The "
              + what
              + " "
              + folder
              + " cannot be made: "
              + e.getMessage()
              + ". Give another with --home DIR or ADMIX_HOME.");
    }
    if (!Files.isWritable(folder)) {
      throw new RefusedException(
          "The "
              + what
              + " "
              + folder
              + " cannot be written. Give another with --home DIR or ADMIX_HOME, or mend its permissions.");
    }
  }

  private static void refuseNetwork(Path folder, FileAccess access) throws RefusedException {
    try (Folder handle = access.open(folder)) {
      Volume volume = access.volume(handle);
      refuseNetwork(folder, volume);
    } catch (Fault e) {
      throw new RefusedException(
          "The home " + folder + " cannot be opened: " + e.getMessage() + ".");
    }
  }

  static void refuseNetwork(Path folder, Volume volume) throws RefusedException {
    if (volume.isNetwork()) {
      throw new RefusedException(
          folder
              + " is on a network file system ("
              + volume.type()
              + "), where SQLite cannot be kept safe. Give a home on a local disk with --home DIR or ADMIX_HOME (mixes may still be made anywhere),"
              + " or use a PostgreSQL server with --db jdbc:postgresql://HOST/NAME. Nothing was made in the catalogue.");
    }
  }
}
