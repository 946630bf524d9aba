package io.admix.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The facts of one watched folder and of everything below it. */
final class SourceTree {
  private final Path root;
  private Map<Path, SourceFacts> known;

  SourceTree(Path root) {
    this.root = root;
    this.known = read(root);
  }

  Path root() {
    return root;
  }

  boolean holds(Path path) {
    return path.startsWith(root);
  }

  /** Takes the facts of this path, of what is below it and of the folders above it anew. */
  void changed(Path path) {
    SourceFacts before = known.remove(path);
    if (before != null && before.isFolder()) {
      known.keySet().removeIf(old -> old.startsWith(path));
    }
    known.putAll(read(path));
    for (@Nullable Path above = path.getParent();
        above != null && above.startsWith(root);
        above = above.getParent()) {
      if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
        known.put(above, only(above));
      } else {
        known.remove(above);
      }
    }
  }

  /** What is not as it was, a line each. */
  List<String> differences() {
    Map<Path, SourceFacts> now = read(root);
    List<String> differences = new ArrayList<>();
    known.forEach((path, facts) -> {
      SourceFacts there = now.get(path);
      if (there == null) {
        differences.add(path + " is gone");
      } else {
        facts.differences(there).forEach(what -> differences.add(path + ": " + what));
      }
    });
    now.keySet().stream()
        .filter(path -> !known.containsKey(path))
        .forEach(path -> differences.add(path + " is new"));
    return differences;
  }

  private static SourceFacts only(Path path) {
    try {
      return SourceFacts.of(path, new SourceFacts.Budget());
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static Map<Path, SourceFacts> read(Path top) {
    Map<Path, SourceFacts> facts = new TreeMap<>();
    if (!Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
      return facts;
    }
    SourceFacts.Budget budget = new SourceFacts.Budget();
    try {
      Files.walkFileTree(
          top,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                throws IOException {
              return visitFile(folder, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
                throws IOException {
              facts.put(path, SourceFacts.of(path, budget));
              return FileVisitResult.CONTINUE;
            }
          });
      return facts;
    } catch (IOException fault) {
      throw new UncheckedIOException("the source " + top + " cannot be read", fault);
    }
  }
}
