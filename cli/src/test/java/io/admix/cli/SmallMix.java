package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/**
 * A mix of all files of a folder by several allowed methods, run by commands in this process. After
 * every command the source is compared with what it was.
 *
 * @param folder where recipe and home lie
 */
record SmallMix(Path folder, Path source, Path target, SourceFacts before) {

  static SmallMix of(Path folder, Path source, Path target, String methods) throws IOException {
    SmallMix mix = new SmallMix(folder, source, target, SourceFacts.of(source));
    mix.allow(methods);
    return mix;
  }

  /** Files with bytes, modes and times of their own, in two folders. */
  static Path files(Path folder, int count, int bytes) throws IOException {
    for (int i = 0; i < count; i++) {
      Path file = folder.resolve("d" + i % 2 + "/f" + i);
      Files.createDirectories(file.getParent());
      byte[] content = new byte[bytes];
      java.util.Arrays.fill(content, (byte) i);
      Files.write(file, content);
      Files.setAttribute(file, "unix:mode", i % 3 == 0 ? 0640 : 0604);
      Files.setLastModifiedTime(
          file, java.nio.file.attribute.FileTime.fromMillis(1_600_000_000_000L + i * 1_001L));
    }
    return folder;
  }

  /** Writes the recipe again with other methods. */
  void allow(String methods) throws IOException {
    Files.writeString(
        folder.resolve("r.yaml"),
        """
        name: mix
        seed: 1
        target: %s
        link: [%s]
        sources:
          - path: %s
            name: all
            count: %d
        """
            .formatted(target, methods, source, before.files().size()));
  }

  CommandRun run() throws IOException {
    CommandRun run = CommandRun.of(folder, "run", "r.yaml");
    assertSourceUnchanged();
    return run;
  }

  void assertSourceUnchanged() throws IOException {
    assertThat(SourceFacts.of(source)).as("source").isEqualTo(before);
  }

  /** The run publishes everything, by methods that the report tells in these words. */
  CommandRun published(String methods) throws IOException {
    CommandRun run = run();
    assertThat(run.code()).as(run.err()).isZero();
    assertWhole();
    assertThat(methods(run.out())).isEqualTo(methods);
    CommandRun verify = CommandRun.of(folder, "verify", "mix");
    assertThat(verify.code()).as(verify.out() + verify.err()).isZero();
    CommandRun again = run();
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).contains("already published").doesNotContain("have changed");
    return run;
  }

  /** Names and counts of the methods line, without sizes: {@code hardlink 9 files, copy 1 file}. */
  static String methods(String report) {
    return report
        .lines()
        .filter(line -> line.startsWith("methods"))
        .findFirst()
        .orElse("")
        .replaceFirst("methods +", "")
        .replaceAll(" \\([^)]*\\)", "");
  }

  void assertWhole() throws IOException {
    var made = new TreeMap<String, String>();
    for (String path : SourceFacts.of(target.resolve("all")).files().keySet()) {
      made.put(path, content(target.resolve("all").resolve(path)));
    }
    var model = new TreeMap<String, String>();
    for (String path : before.files().keySet()) {
      model.put(path, content(source.resolve(path)));
    }
    assertThat(made).isEqualTo(model);
  }

  private static String content(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return bytes.length + ":" + java.util.Arrays.hashCode(bytes);
  }

  /** The run fails, says this, publishes nothing, and can be resumed. */
  CommandRun failsResumable(String... words) throws IOException {
    CommandRun run = run();
    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains(words).contains("admix task resume ");
    assertThat(target).doesNotExist();
    return run;
  }

  /** Gives the failed task up, so that the next run may have another recipe. */
  void cancel() {
    CommandRun cancel = CommandRun.of(folder, "task", "cancel", "mix");
    assertThat(cancel.code()).as(cancel.err()).isZero();
  }

  /** Number of names of each published file, in the order of the paths. */
  List<Integer> links() throws IOException {
    List<Integer> links = new java.util.ArrayList<>();
    for (String path : before.files().keySet()) {
      links.add(
          (Integer)
              Files.getAttribute(
                  target.resolve("all").resolve(path), "unix:nlink", LinkOption.NOFOLLOW_LINKS));
    }
    return links;
  }
}
