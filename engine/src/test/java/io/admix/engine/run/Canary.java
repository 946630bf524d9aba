package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A tree outside of everything that a mix may touch. */
public final class Canary {
  /** All that statx tells of an entry but the time of access. */
  private static final String FACTS = "unix:ino,mode,uid,gid,size,nlink,lastModifiedTime,ctime";

  /** Without what changes when a file is linked and unlinked again. */
  private static final String LASTING_FACTS = "unix:ino,mode,uid,gid,size,nlink,lastModifiedTime";

  private final Path root;
  private Map<String, String> before = Map.of();
  private Map<String, String> lasting = Map.of();

  private Canary(Path root) {
    this.root = root;
  }

  /** Makes one, with files of the names that {@link Lab#source} gives. */
  public static Canary in(Path folder) throws IOException {
    Path root = Files.createDirectories(folder.resolve("outside"));
    Files.writeString(root.resolve("secret.txt"), "nobody may see or touch this");
    for (String file : List.of("d00/f0000.txt", "d00/f0003.txt", "d01/f0012.txt", "f0003.txt")) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.writeString(root.resolve(file), "of the canary: " + file);
    }
    Files.createSymbolicLink(root.resolve("link"), root.resolve("secret.txt"));
    Canary canary = new Canary(root);
    canary.look();
    return canary;
  }

  /** Takes what is there now as what must be there. */
  void look() throws IOException {
    before = facts(FACTS);
    lasting = facts(LASTING_FACTS);
  }

  public Path path() {
    return root;
  }

  public Path file(String name) {
    return root.resolve(name);
  }

  /** Byte for byte and stat for stat. */
  public void assertUntouched() throws IOException {
    assertThat(facts(FACTS)).as("the tree outside").isEqualTo(before);
  }

  /** As {@link #assertUntouched}, but a file may have had one more name for an instant. */
  void assertUnchanged() throws IOException {
    assertThat(facts(LASTING_FACTS)).as("the tree outside").isEqualTo(lasting);
  }

  private Map<String, String> facts(String attributes) throws IOException {
    Map<String, String> facts = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : walk.toList()) {
        Map<String, Object> unix =
            Files.readAttributes(path, attributes, LinkOption.NOFOLLOW_LINKS);
        facts.put(root.relativize(path).toString(), new TreeMap<>(unix) + " " + content(path));
      }
    }
    return facts;
  }

  private static String content(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return Files.readSymbolicLink(path).toString();
    }
    return Files.isRegularFile(path) ? Files.readString(path) : "";
  }
}
