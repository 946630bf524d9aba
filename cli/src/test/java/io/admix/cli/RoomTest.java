package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.Mounts;
import io.admix.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What does not fit is refused before staging is made; what was begun is not refused. */
class RoomTest {
  @TempDir Path folder;
  @RegisterExtension final Mounts mounts = Mounts.perTest();

  @BeforeEach
  void makeSource() throws IOException {
    Files.createDirectories(folder.resolve("a"));
    for (int i = 0; i < 20; i++) {
      Files.write(folder.resolve("a/f" + i), new byte[100_000]);
    }
    Sources.watch(folder.resolve("a"));
  }

  private void recipe(Path target) throws IOException {
    Files.writeString(
        folder.resolve("r.yaml"),
        "name: mix\nseed: 1\ntarget: %s\nlink: [copy]\nsources:\n  - {path: ./a, count: 20}\n"
            .formatted(target));
  }

  @Test
  void planAndRunRefuseWhatDoesNotFit_andLeaveNoTask() throws Exception {
    Path small = mounts.tmpfs("size=1m");
    recipe(small.resolve("mix"));
    for (String command : new String[] {"plan", "run"}) {
      CommandRun run = CommandRun.of(folder, command, "r.yaml");
      assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.REFUSED);
      assertThat(run.err())
          .contains("1.9 MiB must be copied", "1.0 MiB free", "source `a`", "make room");
      assertThat(small).isEmptyDirectory();
    }
    assertThat(CommandRun.of(folder, "task", "list", "--json").out()).contains("\"tasks\":[]");
    mounts.remount(small, "size=4m");
    assertThat(CommandRun.of(folder, "run", "r.yaml").code()).isZero();
  }

  @Test
  void aSealedPlanThatFitsNoMore_isRefusedBeforeStagingIsMade() throws Exception {
    Path small = mounts.tmpfs("size=4m");
    recipe(small.resolve("mix"));
    assertThat(CommandRun.of(folder, "plan", "r.yaml", "-o", "mix.plan").code()).isZero();
    mounts.remount(small, "size=1m");
    CommandRun refused = CommandRun.of(folder, "run", "mix.plan");
    assertThat(refused.code()).as(refused.err()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err()).contains("1.9 MiB must be copied");
    assertThat(small).isEmptyDirectory();
    mounts.remount(small, "size=4m");
    CommandRun run = CommandRun.of(folder, "run", "mix.plan");
    assertThat(run.code()).as(run.err()).isZero();
  }
}
