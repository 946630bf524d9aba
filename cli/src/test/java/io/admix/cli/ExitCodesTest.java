package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.admix.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Exit codes that only some runs end with, and what is asked before files are deleted. */
class ExitCodesTest {
  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    for (int i = 0; i < 10; i++) {
      write("a/a" + i + ".txt", "a".repeat(i));
    }
    assertThat(run("dataset", "add", "a", "a").code()).isZero();
  }

  @Test
  void aMixWithSkippedFiles_isPublishedWithExitCode4_andUnchangedWith0() throws Exception {
    Files.delete(folder.resolve("a/a3.txt"));
    Sources.changed(folder.resolve("a/a3.txt"));
    write(
        "r.yaml",
        "name: mix\nseed: 1\non-error: skip\ntarget: mix\nsources:\n  - {dataset: a, count: 10}\n");
    CommandRun first = run("run", "r.yaml", "--json");
    assertThat(first.code()).as(first.err()).isEqualTo(ExitCode.SKIPPED).isEqualTo(4);
    JsonNode report = Json.MAPPER.readTree(first.out());
    assertThat(report.get("status").stringValue()).isEqualTo("COMPLETED");
    assertThat(report.get("failuresTotal").intValue()).isEqualTo(1);
    assertThat(report.at("/failures/0/path").stringValue()).isEqualTo("a3.txt");
    assertThat(report.at("/failures/0/reason").stringValue()).isEqualTo("SOURCE_MISSING");
    assertThat(report.at("/target/files").intValue()).isEqualTo(9);
    assertThat(report.at("/sources/0/requested").intValue()).isEqualTo(10);
    assertThat(report.at("/sources/0/available").intValue()).isEqualTo(10);
    assertThat(report.at("/sources/0/achieved").intValue()).isEqualTo(9);
    assertThat(run("run", "r.yaml").code()).isZero();
  }

  @Test
  void filesAreNotDeletedUnconfirmed_norThoseOfARegisteredFolder() throws Exception {
    write("r.yaml", "name: mix\nseed: 1\ntarget: mix\nsources:\n  - {dataset: a, count: 10}\n");
    assertThat(run("run", "r.yaml").code()).isZero();
    CommandRun unconfirmed = run("dataset", "remove", "mix", "--files");
    assertThat(unconfirmed.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(unconfirmed.err()).contains("--yes", "Nothing was changed");
    assertThat(folder.resolve("mix/a/a1.txt")).exists();
    CommandRun registered = run("dataset", "remove", "a", "--files", "--yes");
    assertThat(registered.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(folder.resolve("a/a1.txt")).exists();
    assertThat(run("dataset", "list").out()).contains("mix", "a");
  }

  @Test
  void theRecordOfAFinishedTaskGoes_itsDatasetAndManifestStay() throws Exception {
    write("r.yaml", "name: mix\nseed: 1\ntarget: mix\nsources:\n  - {dataset: a, count: 10}\n");
    assertThat(run("run", "r.yaml").code()).isZero();
    CommandRun deleted = run("task", "delete", "mix", "--json");
    assertThat(deleted.code()).isZero();
    String schema = Files.readString(Repository.root().resolve("docs/schemas/task-delete.json"));
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema, InputFormat.JSON)
                .validate(deleted.out(), InputFormat.JSON))
        .isEmpty();
    assertThat(run("verify", "mix").code()).isZero();
    assertThat(run("dataset", "manifest", "mix").code()).isZero();
    assertThat(run("dataset", "remove", "mix", "--files", "--yes").code()).isZero();
    assertThat(folder.resolve("mix")).doesNotExist();
    assertThat(folder.resolve("a/a1.txt")).exists();
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(folder, arguments);
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
