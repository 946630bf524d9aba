package io.admix.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks whether a test used a source that nobody watches: the roots in sealed plans, and the
 * folders of registered datasets in SQLite catalogues, that lie in the test's temporary folders.
 */
final class UnwatchedSources {
  /** {@code <temporary>/<of a kit>/home/state/<task>/plan.jsonl}. */
  private static final int DEPTH = 6;

  private static final Pattern ROOT = Pattern.compile("\"root\":\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final String REGISTERED =
      "SELECT d.path FROM t_dm_datasets d JOIN admix_datasets a ON a.dataset_id = d.id WHERE a.kind = 'SCANNED'";

  private UnwatchedSources() {}

  static void requireNone() {
    Set<String> unwatched = new TreeSet<>();
    for (Path folder : WatchedTempDirs.present()) {
      try {
        roots(folder).stream()
            .filter(root -> holdsFiles(Path.of(root)) && !Sources.isWatched(Path.of(root)))
            .forEach(unwatched::add);
      } catch (IOException fault) {
        throw new AssertionError("plans of the test cannot be looked for", fault);
      }
    }
    if (!unwatched.isEmpty()) {
      throw new AssertionError(
          "This test used sources that nobody watches; call Sources.watch when they are made:\n  "
              + String.join("\n  ", unwatched));
    }
  }

  private static boolean holdsFiles(Path root) {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.anyMatch(Files::isRegularFile);
    } catch (IOException gone) {
      return false;
    }
  }

  private static Set<String> roots(Path folder) throws IOException {
    Set<String> roots = new TreeSet<>();
    Files.walkFileTree(
        folder,
        EnumSet.noneOf(java.nio.file.FileVisitOption.class),
        DEPTH,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            return Sources.isWatched(path)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            switch (file.getFileName().toString()) {
              case "plan.jsonl" -> roots.addAll(planned(file));
              case "catalog.db" -> roots.addAll(registered(file));
              default -> {}
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
    return roots;
  }

  /** The head of a plan is its first line; a plan that a test has spoilt tells nothing. */
  private static List<String> planned(Path plan) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(plan)) {
      String head = reader.readLine();
      return head == null
          ? List.of()
          : ROOT.matcher(head).results().map(found -> unquoted(found.group(1))).toList();
    } catch (java.nio.charset.CharacterCodingException spoilt) {
      return List.of();
    }
  }

  private static String unquoted(String json) {
    return json.replaceAll("\\\\(.)", "$1");
  }

  /** Without a driver on the class path nothing was registered. */
  private static Set<String> registered(Path catalogue) {
    Set<String> paths = new TreeSet<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:file:" + catalogue + "?mode=ro");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(REGISTERED)) {
      while (rows.next()) {
        paths.add(rows.getString(1));
      }
    } catch (SQLException noCatalogue) {
      return paths;
    }
    return paths;
  }
}
