package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.core.recipe.Filter;
import io.admix.core.recipe.Origin;
import io.admix.core.recipe.Share;
import io.admix.core.recipe.SourceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Source folders that many mixes share, and what they were when they were made. */
final class CrashSources {
  private final Path folder;
  private final Map<String, String> before;

  private CrashSources(Path folder) throws IOException {
    this.folder = folder;
    this.before = seen();
  }

  /** Makes two sources whose file names clash, with modes and times of their own. */
  static CrashSources make(Path folder, int filesOfA, int filesOfB) throws IOException {
    make(folder.resolve("a"), filesOfA);
    make(folder.resolve("b"), filesOfB);
    return new CrashSources(folder);
  }

  private static void make(Path root, int files) throws IOException {
    for (int i = 0; i < files; i++) {
      Path file = root.resolve("d" + i % 3).resolve("f%02d.txt".formatted(i));
      Files.createDirectories(file.getParent());
      Files.writeString(file, (root.getFileName() + " " + i + "\n").repeat(i * 7 + 1));
      Files.setPosixFilePermissions(
          file, PosixFilePermissions.fromString(i % 2 == 0 ? "rw-r-----" : "rw-r--r--"));
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_600_000_000_000L + i * 1_001L));
    }
  }

  Path root(String source) {
    return folder.resolve(source);
  }

  SourceSpec spec(String source, int count) {
    return new SourceSpec(
        source, new Origin.Folder(root(source).toString()), new Share.Count(count), Filter.ALL);
  }

  /** Bytes, names, modes, owners and times are what they were. */
  void assertUnchanged() throws IOException {
    assertThat(seen()).as("the sources").isEqualTo(before);
  }

  private Map<String, String> seen() throws IOException {
    Map<String, String> seen = new TreeMap<>();
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = new ArrayList<>(walk.toList());
    }
    for (Path path : paths) {
      Map<String, Object> of =
          Files.readAttributes(
              path, "unix:mode,uid,gid,size,ino,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
      String bytes =
          Files.isRegularFile(path) ? HexFormat.of().formatHex(Files.readAllBytes(path)) : "";
      seen.put(folder.relativize(path).toString(), new TreeMap<>(of) + " " + bytes);
    }
    return seen;
  }
}
