package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans and manifests with something wrong, at the door: exit codes, words, nothing made. */
class DamagedFilesTest {
  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(folder.resolve("a"));
    for (int i = 0; i < 10; i++) {
      Files.writeString(folder.resolve("a/a" + i + ".txt"), "a".repeat(i));
    }
    Sources.watch(folder.resolve("a"));
    Files.writeString(
        folder.resolve("r.yaml"),
        "name: mix\nseed: 1\ntarget: mix\nsources:\n  - {path: a, count: 7}\n");
  }

  @Test
  void aDamagedPlan_isExitCode2_andNothingIsMade() throws Exception {
    assertThat(run("plan", "r.yaml", "-o", "p").code()).isZero();
    Path plan = folder.resolve("p");
    byte[] whole = Files.readAllBytes(plan);
    for (Map.Entry<String, byte[]> damage : damaged(whole, "admixPlan").entrySet()) {
      Files.write(plan, damage.getValue());
      CommandRun refused = run("run", "p");
      assertThat(refused.code()).as(damage.getKey()).isEqualTo(ExitCode.REFUSED);
      assertThat(refused.err())
          .as(damage.getKey())
          .contains("plan ", "/p ", "`admix plan")
          .doesNotContain("\tat ");
      assertThat(refused.out()).isEmpty();
    }
    assertThat(run("task", "list", "--json").out()).contains("\"tasks\":[]");
    try (Stream<Path> there = Files.list(folder)) {
      assertThat(there.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("a", "home", "p", "r.yaml");
    }
    Files.write(plan, whole);
    assertThat(run("run", "p").code()).isZero();
  }

  @Test
  void aDamagedManifest_isExitCode1_andNothingIsDeleted() throws Exception {
    CommandRun made = run("run", "r.yaml", "--json");
    assertThat(made.code()).isZero();
    String task = Json.MAPPER.readTree(made.out()).get("taskId").stringValue();
    Path manifest = folder.resolve("home/state").resolve(task).resolve("manifest.jsonl");
    byte[] whole = Files.readAllBytes(manifest);
    for (Map.Entry<String, byte[]> damage : damaged(whole, "admixManifest").entrySet()) {
      Files.write(manifest, damage.getValue());
      assertRefused(damage.getKey(), run("verify", "mix"));
      assertRefused(damage.getKey(), run("dataset", "manifest", "mix"));
      assertRefused(damage.getKey(), run("dataset", "remove", "mix", "--files", "--yes"));
      CommandRun again = run("run", "r.yaml", "--json");
      assertThat(again.code()).as(again.err()).isZero();
      assertThat(again.out()).contains("\"unchanged\":true");
    }
    try (Stream<Path> there = Files.walk(folder.resolve("mix"))) {
      assertThat(there.filter(Files::isRegularFile)).hasSize(7);
    }
    Files.write(manifest, whole);
    assertThat(run("verify", "mix").code()).isZero();
  }

  @Test
  void aRecipeOfOneLongLine_isShownInPart_withoutWhatMovesTheCursor() throws Exception {
    Files.writeString(
        folder.resolve("r.yaml"),
        "{name: m, sources: [{path: a, count: 1}], pad: '"
            + "x".repeat(5000)
            + "\u0085', taget: b}");
    CommandRun refused = run("run", "r.yaml");
    assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err()).contains("taget", "did you mean `target`?").doesNotContain("\u0085");
    assertThat(refused.err().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(300));
  }

  private static void assertRefused(String what, CommandRun run) {
    assertThat(run.code()).as(what).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .as(what)
        .contains("manifest.jsonl cannot be used: ", "Nothing was changed.")
        .doesNotContain("\tat ");
    assertThat(run.out()).as(what).isEmpty();
  }

  /** One byte at three places, two lengths, one more byte, and two other versions. */
  private static Map<String, byte[]> damaged(byte[] whole, String key) {
    Map<String, byte[]> damaged = new LinkedHashMap<>();
    for (int at : new int[] {5, whole.length / 2, whole.length - 2}) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      damaged.put("byte " + at, changed);
    }
    damaged.put("cut to its beginning", Arrays.copyOf(whole, 40));
    damaged.put("cut", Arrays.copyOf(whole, whole.length - 1));
    damaged.put("longer", Arrays.copyOf(whole, whole.length + 1));
    String text = new String(whole, java.nio.charset.StandardCharsets.UTF_8);
    for (int version : new int[] {0, 2}) {
      damaged.put(
          "version " + version,
          text.replace("{\"" + key + "\":1,", "{\"" + key + "\":" + version + ",")
              .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return damaged;
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(folder, arguments);
  }
}
