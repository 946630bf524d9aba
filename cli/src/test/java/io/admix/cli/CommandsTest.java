package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.admix.files.Sources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The commands over a real home: answers against their schemas, exit codes, messages. */
class CommandsTest {
  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    for (int i = 0; i < 40; i++) {
      write("a/x" + i % 2 + "/a" + i + ".txt", "a".repeat(i));
      write("b/b" + i + ".txt", "b".repeat(i));
    }
  }

  @Test
  void everyJsonAnswerFitsItsSchema() throws Exception {
    valid(
        "dataset-add.json",
        ok("dataset", "add", "a", "a", "--labels-from-folders", "--checksum", "--json"));
    JsonNode again = valid("dataset-add.json", ok("dataset", "rescan", "a", "--json"));
    assertThat(again.at("/labelled").intValue()).isEqualTo(40);
    JsonNode list = valid("dataset-list.json", ok("dataset", "list", "--json"));
    assertThat(list.at("/datasets/0/files").intValue()).isEqualTo(40);
    JsonNode show = valid("dataset-show.json", ok("dataset", "show", "a", "--json"));
    assertThat(show.at("/labels/folder/x0").intValue()).isEqualTo(20);
    JsonNode export = valid("dataset-export.json", ok("dataset", "export", "ex", "--json"));
    assertThat(export.get("rows").intValue()).isEqualTo(40);
    valid("export.json", Files.readString(folder.resolve("ex/_ADMIX_EXPORT.json")));
    recipe("mix", "total: 20", "dataset: a\n    percent: 50", "path: ./b\n    weight: 1");
    JsonNode plan = valid("plan.json", ok("plan", "r.yaml", "-o", "mix.plan", "--json"));
    for (String line : Files.readAllLines(folder.resolve("mix.plan"))) {
      valid("plan-line.json", line);
    }
    assertThat(folder.resolve("mixes")).as("a plan makes nothing").doesNotExist();
    JsonNode run = valid("run.json", ok("run", "mix.plan", "--json"));
    assertThat(run.at("/plan/sha256")).isEqualTo(plan.at("/plan/sha256"));
    assertThat(run.at("/target/files").intValue()).isEqualTo(20);
    for (String line : ok("dataset", "manifest", "mix").lines().toList()) {
      valid("manifest-line.json", line);
    }
    valid("verify.json", ok("verify", "mix", "--json"));
    JsonNode tasks = valid("task-list.json", ok("task", "list", "--json"));
    String id = tasks.at("/tasks/0/id").stringValue();
    valid("task.json", ok("task", "show", id, "--json"));
    valid("task.json", ok("task", "wait", "mix", "--json"));
    valid("dataset-remove.json", ok("dataset", "remove", "a", "--json"));
    valid("dataset-remove.json", ok("dataset", "remove", "mix", "--files", "--yes", "--json"));
    assertThat(folder.resolve("mixes/mix")).doesNotExist();
    assertThat(folder.resolve("b/b1.txt")).exists();
  }

  @Test
  void runIsRepeatable() throws Exception {
    recipe("mix", "total: 10", "path: ./a\n    weight: 1", "path: ./b\n    weight: 1");
    JsonNode first = Json.MAPPER.readTree(ok("run", "r.yaml", "--json"));
    JsonNode again = valid("run.json", ok("run", "r.yaml", "--json"));
    assertThat(first.get("unchanged").booleanValue()).isFalse();
    assertThat(again.get("unchanged").booleanValue()).isTrue();
    assertThat(again.get("status").stringValue()).isEqualTo("COMPLETED");
    assertThat(again.at("/plan/sha256")).isEqualTo(first.at("/plan/sha256"));
    recipe("mix", "total: 12", "path: ./a\n    weight: 1", "path: ./b\n    weight: 1");
    CommandRun other = CommandRun.of(folder, "run", "r.yaml");
    assertThat(other.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(other.err()).contains("total");
  }

  @Test
  void aShortageIsATableAndExitCode3AndNothingIsMade() throws Exception {
    recipe("mix", "total: 100", "path: ./a\n    percent: 50", "path: ./b\n    percent: 50");
    CommandRun run = CommandRun.of(folder, "run", "r.yaml");
    assertThat(run.code()).isEqualTo(ExitCode.INFEASIBLE);
    assertThat(run.err())
        .containsPattern("a +50 +40 +10")
        .containsPattern("b +50 +40 +10")
        .contains("on-shortage");
    assertThat(run.out()).isEmpty();
    assertThat(folder.resolve("mixes")).doesNotExist();
  }

  @Test
  void eachProblemOfARecipeIsShownWithItsLine() throws Exception {
    write(
        "r.yaml", "name: mix\ntotal: 10\nlayuot: flat\nsources:\n  - path: ./a\n    weight: -1\n");
    CommandRun run = CommandRun.of(folder, "run", "r.yaml");
    assertThat(run.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.err())
        .contains(
            "r.yaml:3: layuot",
            "`layout`",
            "r.yaml:6: sources[0].weight",
            "     6 |     weight: -1\n       |     ^^^^^^");
  }

  @Test
  void anExistingTargetIsRefusedAndUntouched() throws Exception {
    Files.createDirectories(folder.resolve("mixes/mix"));
    Files.writeString(folder.resolve("mixes/mix/mine.txt"), "mine");
    recipe("mix", "total: 10", "path: ./a\n    weight: 1");
    CommandRun run = CommandRun.of(folder, "run", "r.yaml");
    assertThat(run.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.err()).contains(folder.resolve("mixes/mix").toString());
    assertThat(folder.resolve("mixes/mix")).isDirectoryContaining("glob:**mine.txt");
  }

  @Test
  void anEditedPlanIsRefused() throws Exception {
    recipe("mix", "total: 10", "path: ./a\n    weight: 1");
    ok("plan", "r.yaml", "-o", "mix.plan");
    Path plan = folder.resolve("mix.plan");
    Files.writeString(plan, Files.readString(plan).replace("\"entries\":10", "\"entries\":11"));
    assertThat(CommandRun.of(folder, "run", "mix.plan").code()).isEqualTo(ExitCode.REFUSED);
    assertThat(folder.resolve("mixes")).doesNotExist();
  }

  @Test
  void verifyTellsAMissingFileByExitCode1() throws Exception {
    recipe("mix", "total: 10", "path: ./a\n    weight: 1");
    ok("run", "r.yaml");
    assertThat(CommandRun.of(folder, "verify", "mix").code()).isZero();
    try (var files = Files.walk(folder.resolve("mixes/mix"))) {
      Files.delete(files.filter(Files::isRegularFile).findFirst().orElseThrow());
    }
    CommandRun verify = CommandRun.of(folder, "verify", "mix");
    assertThat(verify.code()).isEqualTo(ExitCode.FAILED);
    assertThat(verify.out()).contains("missing: ");
    valid("verify.json", CommandRun.of(folder, "verify", "mix", "--json").out());
  }

  @Test
  void badSettingsAreAllToldBeforeAnythingIsMade() {
    CommandRun run =
        CommandRun.of(
            folder,
            "dataset",
            "list",
            "-c",
            "admix.copy.batch-sise=3",
            "-c",
            "admix.copy.dynamic=maybe");
    assertThat(run.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.err()).contains("admix.copy.batch-size?", "true or false");
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void theReportForPeopleHasABarPerSourceAndTheHardLinkNote() throws Exception {
    recipe("mix", "total: 10", "path: ./a\n    weight: 3", "path: ./b\n    weight: 2");
    String out = ok("run", "r.yaml");
    assertThat(out)
        .contains("mix: published, 10 files")
        .containsPattern("a +6 +40 +6 +#{24} ")
        .containsPattern("b +4 +40 +4 +#{16} ");
    assertThat(out)
        .contains(
            "editing a file in the mix edits its source", folder.resolve("mixes/mix").toString());
    assertThat(out).as("plain where nobody looks").doesNotContain("\u001b[").matches("\\p{ASCII}*");
  }

  @Test
  void aFileThatChangedAfterItsPlanIsSkippedWithExitCode4() throws Exception {
    write("c/big", "as it was");
    recipe(
        "mix",
        "total: 3\nlink: [copy]\non-error: skip",
        "path: ./a\n    count: 2",
        "path: ./c\n    count: 1");
    ok("plan", "r.yaml", "-o", "mix.plan");
    Files.delete(folder.resolve("c/big"));
    write("c/big", "another file");
    CommandRun run = CommandRun.of(folder, "run", "mix.plan");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.SKIPPED);
    assertThat(run.out())
        .contains("mix: published, 2 files", "1 file could not be placed", "c: big, ");
    assertThat(folder.resolve("mixes/mix/c/big")).doesNotExist();
    JsonNode again = valid("run.json", ok("run", "mix.plan", "--json"));
    assertThat(again.at("/failures/0/path").stringValue()).isEqualTo("big");
  }

  @Test
  void aCopyThatFitsOnNoDisk_isRefusedBeforeItStarts() throws Exception {
    // Sparse: it takes no room itself. No guard reads so much: nothing is mixed from it.
    Files.createDirectories(folder.resolve("c"));
    try (FileChannel file =
        FileChannel.open(
            folder.resolve("c/big"), StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      file.write(ByteBuffer.wrap(new byte[1]), (1L << 42) - 1);
    }
    recipe("mix", "link: [copy]", "path: ./c\n    count: 1");
    for (String command : new String[] {"plan", "run"}) {
      CommandRun run = CommandRun.of(folder, command, "r.yaml");
      assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.REFUSED);
      assertThat(run.err()).contains("4.0 TiB must be copied, but ", "source `c`", "make room");
    }
    assertThat(folder.resolve("mixes")).doesNotExist();
  }

  @Test
  void aFailureNamesEachFileOnce_andSaysThatNothingIsKeptWhenNothingIs() throws Exception {
    write("c/only.txt", "first");
    recipe("mix", "link: [copy]", "path: ./c\n    count: 1");
    ok("plan", "r.yaml", "-o", "mix.plan");
    Files.delete(folder.resolve("c/only.txt"));
    write("c/only.txt", "the second");
    CommandRun run = CommandRun.of(folder, "run", "mix.plan");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).containsOnlyOnce("c/only.txt: ");
    assertThat(run.err())
        .contains("No file is placed yet. Go on: admix task resume ")
        .doesNotContain("kept");
    Path staging = folder.resolve("mixes").resolve(stagingName());
    Files.writeString(staging.resolve("somebody's"), "keep");
    CommandRun cancel = CommandRun.of(folder, "task", "cancel", "mix");
    assertThat(cancel.code()).as(cancel.err()).isZero();
    assertThat(cancel.out()).contains("mix: cancelled");
    assertThat(cancel.err()).contains(staging + " stays: ", "somebody's");
    assertThat(staging.resolve("somebody's")).hasContent("keep");
  }

  private String stagingName() throws IOException {
    try (Stream<Path> names = Files.list(folder.resolve("mixes"))) {
      return names
          .map(n -> n.getFileName().toString())
          .filter(n -> n.startsWith(".admix-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private String ok(String... arguments) {
    CommandRun run = CommandRun.of(folder, arguments);
    assertThat(run.code()).as(String.join(" ", arguments) + "\n" + run.err()).isZero();
    return run.out();
  }

  private static JsonNode valid(String schema, String json) throws IOException {
    String text = Files.readString(Repository.root().resolve("docs/schemas").resolve(schema));
    var problems =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text, InputFormat.JSON)
            .validate(json, InputFormat.JSON);
    assertThat(problems).as(schema + "\n" + json).isEmpty();
    return Json.MAPPER.readTree(json);
  }

  private void recipe(String name, String total, String... sources) throws IOException {
    write(
        "r.yaml",
        "name: "
            + name
            + "\nseed: 1\n"
            + total
            + "\ntarget: ./mixes/"
            + name
            + "\nsources:\n  - "
            + String.join("\n  - ", sources)
            + "\n");
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    if (Path.of(path).getNameCount() > 1) {
      Sources.made(folder.resolve(Path.of(path).getName(0)), file);
    }
  }
}
