package io.admix.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Makes one small mix the whole way in the given folder: the build runs it once to record the
 * start-up cache (JEP 483, JEP 515), so that commands start with the classes and the profile of a
 * real run.
 */
final class Training {
  private static final int FOLDERS = 40;
  private static final int FILES_PER_FOLDER = 100;

  private Training() {}

  /**
   * @param arguments an empty folder, which the caller removes
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    makeFiles(folder.resolve("files"));
    Path recipe =
        Files.writeString(
            folder.resolve("recipe.yaml"),
            """
            name: training
            seed: 42
            total: 2000
            target: ./mix
            sources:
              - dataset: files
                weight: 1
                include: ["**/*.txt"]
            """);
    Map<String, String> environment = Map.of("ADMIX_HOME", folder.resolve("home").toString());
    Console console = Console.ofProcess(environment);
    Main.run(console, environment, folder, "--help");
    Main.run(console, environment, folder, "dataset", "add", "files", "files");
    Main.run(console, environment, folder, "plan", recipe.toString());
    Main.run(console, environment, folder, "run", recipe.toString());
    Main.run(console, environment, folder, "verify", "training");
    Main.run(console, environment, folder, "task", "list");
    console.out().flush();
    // As a command ends: what exit itself needs belongs to the cache.
    System.exit(ExitCode.DONE);
  }

  private static void makeFiles(Path root) throws IOException {
    for (int folder = 0; folder < FOLDERS; folder++) {
      Path made = Files.createDirectories(root.resolve("folder-" + folder));
      for (int file = 0; file < FILES_PER_FOLDER; file++) {
        Files.writeString(made.resolve("file-" + file + ".txt"), "");
      }
    }
  }
}
