package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real process, killed at random instants until it is published: at most so many times as {@code
 * -Dadmix.test.kills=40} says, fewer when it is published sooner; another course with {@code
 * -Dadmix.test.seed=…}.
 */
class KillTest {
  private static final int FILES = 4_000;
  private static final int FOLDERS = 200;
  private static final int KILLS = Integer.getInteger("admix.test.kills", 4);
  private static final long SEED = Long.getLong("admix.test.seed", System.nanoTime());
  private static final int MS_MAX = 2_000;
  private static final Pattern MANIFEST_PATH =
      Pattern.compile("^\\{\"path\":\"([^\"]+)\",\"source\"");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"hardlink", "copy"})
  void killedAgainAndAgain_itIsPublishedWhole(String method) throws Exception {
    Map<String, String> model = makeSource();
    Files.writeString(
        folder.resolve("r.yaml"),
        """
        name: mix
        seed: 1
        total: %d
        target: ./out/mix
        link: [%s]
        sources:
          - path: ./a
            weight: 1
        """
            .formatted(FILES, method));
    Random random = new Random(SEED);
    int killed = 0;
    boolean ended = false;
    for (int i = 0; i < KILLS && !ended; i++) {
      Process process = start();
      ended = process.waitFor(random.nextInt(MS_MAX), TimeUnit.MILLISECONDS);
      if (ended) {
        assertThat(process.exitValue()).as(told()).isZero();
      } else {
        process.destroyForcibly().waitFor();
        killed++;
        assertWholeOrNotThere();
      }
    }
    CommandRun last = CommandRun.of(folder, "run", "r.yaml");
    assertThat(last.code()).as("seed %d, kills %d: %s", SEED, killed, last.err()).isZero();
    assertThat(facts(folder.resolve("a"))).as("sources, seed %d", SEED).isEqualTo(model);
    assertPublished(model, "hardlink".equals(method));
  }

  private Map<String, String> makeSource() throws IOException {
    for (int i = 0; i < FILES; i++) {
      Path file = folder.resolve("a/d" + i % FOLDERS + "/f" + i + ".txt");
      if (i < FOLDERS) {
        Files.createDirectories(file.getParent());
      }
      Files.writeString(file, "file " + i);
    }
    Sources.watch(folder.resolve("a"));
    return facts(folder.resolve("a"));
  }

  /** Each file: inode, owner, mode, time and content. */
  private static Map<String, String> facts(Path root) throws IOException {
    Map<String, String> facts = new TreeMap<>();
    for (Path file : files(root)) {
      Map<String, Object> unix =
          Files.readAttributes(
              file, "unix:ino,uid,gid,mode,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
      facts.put(
          root.relativize(file).toString(), new TreeMap<>(unix) + " " + Files.readString(file));
    }
    return facts;
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)).toList();
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "io.admix.cli.Main",
            "run",
            "r.yaml",
            "--home",
            folder.resolve("home").toString(),
            "-c",
            "admix.copy.batch-size=100")
        .directory(folder.toFile())
        .redirectError(folder.resolve("err.txt").toFile())
        .redirectOutput(folder.resolve("out.txt").toFile())
        .start();
  }

  private String told() throws IOException {
    return "seed " + SEED + ": " + Files.readString(folder.resolve("err.txt"));
  }

  private void assertWholeOrNotThere() throws IOException {
    Path mix = folder.resolve("out/mix");
    if (Files.exists(mix)) {
      assertThat(files(mix)).as("seed %d", SEED).hasSize(FILES);
    }
  }

  private void assertPublished(Map<String, String> model, boolean linked) throws IOException {
    String seed = "seed " + SEED;
    Map<String, String> made = facts(folder.resolve("out/mix/a"));
    assertThat(made.keySet()).as(seed).isEqualTo(model.keySet());
    for (Map.Entry<String, String> file : made.entrySet()) {
      String planned = model.get(file.getKey());
      if (linked) {
        assertThat(file.getValue()).as(seed).isEqualTo(planned);
      } else {
        assertThat(content(file.getValue())).as(seed).isEqualTo(content(planned));
      }
    }
    try (Stream<Path> beside = Files.list(folder.resolve("out"))) {
      assertThat(beside).as(seed).containsExactly(folder.resolve("out/mix"));
    }
    List<String> listed = new ArrayList<>();
    CommandRun.of(folder, "dataset", "manifest", "mix")
        .out()
        .lines()
        .map(MANIFEST_PATH::matcher)
        .filter(Matcher::find)
        .forEach(line -> listed.add(line.group(1)));
    assertThat(listed)
        .as(seed)
        .containsExactlyInAnyOrderElementsOf(
            model.keySet().stream().map(path -> "a/" + path).toList());
    CommandRun rows = CommandRun.of(folder, "dataset", "list", "--json");
    assertThat(rows.out()).as(seed).contains("\"files\":" + FILES);
    assertThat(CommandRun.of(folder, "verify", "mix").code()).as(seed).isZero();
    CommandRun again = CommandRun.of(folder, "run", "r.yaml");
    assertThat(again.out() + again.err())
        .as(seed)
        .contains("already published")
        .doesNotContain("have changed");
  }

  private static String content(String facts) {
    return facts.substring(facts.lastIndexOf('}') + 1);
  }
}
