package io.admix.catalog;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Opens a catalogue in a process of its own, to meet others that do the same. */
final class OpenInProcess {
  private OpenInProcess() {}

  public static void main(String[] arguments) throws Exception {
    CatalogSettings settings =
        new CatalogSettings(
            arguments[0], arguments[1], arguments[2], ZoneOffset.UTC, Clock.systemUTC());
    // All start at once, however long each of them took to come here.
    System.out.println("ready");
    System.in.read();
    try (Catalog catalog = Catalog.open(settings)) {
      System.out.println("tasks: " + catalog.tasks().list().size());
    }
  }

  /** Opens in so many processes at the same moment and tells what each said. */
  static List<String> atOnce(int processes, CatalogSettings settings) throws Exception {
    List<Process> all = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      all.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  OpenInProcess.class.getName(),
                  settings.url(),
                  String.valueOf(settings.user()),
                  String.valueOf(settings.password()))
              .redirectErrorStream(true)
              .start());
    }
    for (Process process : all) {
      process.inputReader().readLine();
    }
    for (Process process : all) {
      process.outputWriter().write("go\n");
      process.outputWriter().flush();
    }
    List<String> said = new ArrayList<>();
    for (Process process : all) {
      List<String> out = process.inputReader().lines().toList();
      said.add(process.waitFor() + " " + out.getLast());
    }
    return said;
  }
}
