package io.admix.engine.plan;

import static io.admix.core.fuzz.Bounded.require;

import io.admix.core.fuzz.Bounded;
import io.admix.core.name.SafeNames;
import io.admix.engine.fuzz.FuzzFile;
import io.admix.engine.sort.RecordCursor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Fuzz target: base names of one flat folder, one per line; a line that begins with {@code !} is a
 * reserve.
 */
public final class NumberingFuzz {
  private static final Path FOLDER = new FuzzFile("none").path().getParent();
  private static final int NAMES_MAX = 200;

  private NumberingFuzz() {}

  /** A file, the name that it had, and the one that it gets. */
  private static final class Named {
    private final String before;
    private final boolean isReserve;
    private String after;

    Named(String line) {
      isReserve = line.startsWith("!");
      before = isReserve ? line.substring(1) : line;
      after = before;
    }
  }

  public static void fuzzerTestOneInput(byte[] data) {
    List<Named> files =
        new String(data, StandardCharsets.UTF_8)
            .lines()
            .map(Named::new)
            .filter(file -> SafeNames.problemOfSegment(file.before).isEmpty())
            .limit(NAMES_MAX)
            .sorted(Comparator.comparing(file -> file.isReserve))
            .toList();
    Bounded.run(
        data.length,
        () -> {
          long looks = assign(files);
          require(looks <= 8L * files.size() + 8, "%d looks at %d files", looks, files.size());
          check(files);
        });
  }

  private static long assign(List<Named> files) throws IOException {
    try (TargetNames names = new TargetNames(FOLDER, 1 << 16)) {
      for (int i = 0; i < files.size(); i++) {
        if (files.get(i).isReserve) {
          names.addReserve("f", files.get(i).before, i);
        } else {
          names.add("f", files.get(i).before, i);
        }
      }
      try (RecordCursor renamed = names.assign()) {
        while (renamed.advance()) {
          files.get((int) TargetNames.place(renamed)).after = TargetNames.name(renamed);
        }
      }
      return names.looks();
    }
  }

  private static void check(List<Named> files) {
    List<String> mains = new ArrayList<>();
    Set<String> given = new HashSet<>();
    for (Named file : files) {
      if (!file.isReserve) {
        mains.add(file.before);
      }
    }
    Set<String> seen = new HashSet<>();
    for (Named file : files) {
      require(given.add(file.after), "two files are called `%s`", file.after);
      if (!file.isReserve) {
        require(
            file.after.equals(file.before) == seen.add(file.before),
            "`%s` is called `%s`",
            file.before,
            file.after);
        require(
            file.after.equals(file.before) || !mains.contains(file.after),
            "`%s` is given to `%s`",
            file.after,
            file.before);
      }
    }
  }
}
