package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts at the root, without building. */
class LauncherTest {
  @TempDir Path folder;

  @Test
  void aJdkIsToldByItsReleaseFile() throws Exception {
    assertThat(isJdk("25.0.3")).isTrue();
    assertThat(isJdk("25.1.0")).isTrue();
    assertThat(isJdk("25.0.10")).isTrue();
    for (String other : new String[] {"25", "25.0.1", "25.0.2", "21.0.9", "26", "2"}) {
      assertThat(isJdk(other)).as(other).isFalse();
    }
  }

  @Test
  void withoutAJdkTheWayToOneIsTold() throws Exception {
    String script = ". scripts/find-jdk.sh; is_jdk() { return 1; }; find_jdk";
    Process process = shell(script);
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("JAVA_HOME", "Install");
  }

  @Test
  void theScriptsAreSoundAndExecutable() throws Exception {
    for (String script :
        new String[] {
          "admix",
          "check",
          ".ci/run",
          "scripts/build-app.sh",
          "scripts/train.sh",
          "scripts/package.sh",
          "scripts/packaged.sh",
          "scripts/try-package.sh"
        }) {
      assertThat(Files.isExecutable(Repository.root().resolve(script))).as(script).isTrue();
      assertThat(shell("sh -n " + script).waitFor()).as(script).isZero();
    }
  }

  @Test
  void withoutFlockABuildThatWaitedTooLongStopsAndSaysWhatToDo() throws Exception {
    Path lock = Files.createDirectories(folder.resolve("cli/target/app/lock.d"));
    Path tools = Files.createDirectories(folder.resolve("tools"));
    String script =
        "for t in mkdir sleep; do ln -s \"$(command -v $t)\" '%s'/; done; ADMIX_BUILD_WAIT=1 PATH='%s' scripts/build-app.sh '%s'"
            .formatted(tools, tools, folder);
    Process process = shell(script);
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("another build has held " + lock + " for 1 s", "remove that folder");
    assertThat(lock).as("it is not this one's to remove").exists();
  }

  private boolean isJdk(String version) throws Exception {
    Path jdk = Files.createDirectories(folder.resolve(version));
    Path javac = Files.createDirectories(jdk.resolve("bin")).resolve("javac");
    Files.writeString(javac, "#!/bin/sh\n");
    assertThat(javac.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        jdk.resolve("release"),
        "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
    return shell(". scripts/find-jdk.sh; is_jdk '" + jdk + "'").waitFor() == 0;
  }

  private static Process shell(String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", script).directory(Repository.root().toFile()).start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process;
  }
}
