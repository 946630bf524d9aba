package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.sqlite.util.OSInfo;

/**
 * What makes the command line start in half the time, for tests that start it hundreds of times:
 * jars in place of folders of classes, a start-up cache (JEP 483) trained by a small mix, and
 * SQLite's library unpacked once. Made once for this JVM, on first use.
 */
final class FastJava {
  private static final class Made {
    static final FastJava INSTANCE = make();
  }

  private final String classPath;
  private final List<String> options;

  private FastJava(String classPath, List<String> options) {
    this.classPath = classPath;
    this.options = options;
  }

  /** A start of the process with the cache. */
  static RealProcess.Start in(Home home, Path folder) {
    return RealProcess.in(home, folder)
        .classPath(Made.INSTANCE.classPath)
        .java(Made.INSTANCE.options);
  }

  /**
   * For a small mix under a tracer: a process that lives half a second gains nothing by a compiler,
   * whose threads make most of the system calls that a tracer has to look at.
   */
  static RealProcess.Start interpreted(Home home, Path folder) {
    return in(home, folder).java(List.of("-Xint"));
  }

  private static FastJava make() {
    try {
      Path folder = Files.createTempDirectory("admix-fast-java-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
      String classPath = jars(folder);
      String library = "-Dorg.sqlite.lib.path=" + unpackSqlite(folder);
      Path cache = folder.resolve("admix.aot");
      train(folder, classPath, library, cache);
      return new FastJava(
          classPath,
          Files.exists(cache) ? List.of("-XX:AOTCache=" + cache, library) : List.of(library));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A cache holds no classes of folders. */
  private static String jars(Path folder) throws IOException {
    List<String> entries = new ArrayList<>();
    for (String entry : RealProcess.mainClassPath().split(File.pathSeparator)) {
      if (Files.isDirectory(Path.of(entry))) {
        Path jar = folder.resolve(entries.size() + ".jar");
        writeJar(Path.of(entry), jar);
        entries.add(jar.toString());
      } else if (Path.of(entry).getFileName().toString().startsWith("picocli-")) {
        entries.add(renewed(Path.of(entry), folder.resolve("picocli.jar")));
      } else {
        entries.add(entry);
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  /** As the build does: a cache holds none of picocli's classes as they come. */
  private static String renewed(Path jar, Path to) throws IOException {
    String script = Repository.root().resolve("scripts/RenewClasses.java").toString();
    Process process =
        new ProcessBuilder(java(), script, jar.toString(), to.toString())
            .redirectErrorStream(true)
            .redirectOutput(to.resolveSibling("renewing.log").toFile())
            .start();
    assertThat(await(process)).as("classes are renewed").isZero();
    return to.toString();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static int await(Process process) throws IOException {
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends").isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void writeJar(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> walk = Files.walk(classes)) {
      for (Path file : (Iterable<Path>) walk.filter(f -> !f.equals(classes))::iterator) {
        boolean isFolder = Files.isDirectory(file);
        // Folders too: migrations are found by listing one.
        out.putNextEntry(new JarEntry(classes.relativize(file) + (isFolder ? "/" : "")));
        if (!isFolder) {
          Files.copy(file, out);
        }
        out.closeEntry();
      }
    }
  }

  private static Path unpackSqlite(Path folder) throws IOException {
    String name = "libsqlitejdbc.so";
    String resource = "/org/sqlite/native/" + OSInfo.getNativeLibFolderPathForCurrentOS();
    try (InputStream in = OSInfo.class.getResourceAsStream(resource + "/" + name);
        OutputStream out = Files.newOutputStream(folder.resolve(name))) {
      in.transferTo(out);
    }
    return folder;
  }

  private static void train(Path folder, String classPath, String library, Path cache)
      throws IOException {
    Path made = Files.createDirectory(folder.resolve("training"));
    Process process =
        new ProcessBuilder(
                java(),
                "-XX:AOTCacheOutput=" + cache,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                library,
                "-cp",
                classPath,
                "io.admix.cli.Training",
                made.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("training.log").toFile())
            .start();
    await(process);
    remove(made);
  }

  private static void remove(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      // A folder below /tmp that stays harms nobody.
    }
  }
}
