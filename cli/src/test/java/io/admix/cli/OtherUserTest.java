package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.admix.files.Sources;
import io.admix.files.Tools;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process of another user than the owner of the sources, as in most containers. */
class OtherUserTest {
  private static final String NOBODY = "65534";
  private static final Path PROTECTED = Path.of("/proc/sys/fs/protected_hardlinks");

  @TempDir static Path shared;
  private static String classPath = "";
  @TempDir Path folder;
  private Path source;
  private Path mine;

  /** What the other user may not read below this user's home is copied to where he may. */
  @BeforeEach
  void giveTheOtherUserWhatHeNeeds() throws Exception {
    Tools.requireRoot("to start a process of another user");
    Tools.require("setpriv");
    assumeTrue(
        Files.exists(PROTECTED) && Files.readString(PROTECTED).strip().equals("1"),
        "fs.protected_hardlinks is not 1 on this machine");
    if (classPath.isEmpty()) {
      classPath = copied(RealProcess.mainClassPath());
    }
    for (Path open : List.of(shared, folder)) {
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    source = SmallMix.files(folder.resolve("a"), 12, 3_000);
    Tools.run("chmod", "-R", "u=rwX,go=rX", source.toString());
    Sources.watch(source);
    mine = Files.createDirectory(folder.resolve("mine"));
    Files.createFile(mine.resolve("r.yaml"));
    Tools.run("chown", "-R", NOBODY + ":" + NOBODY, mine.toString());
  }

  private static String copied(String original) throws IOException {
    List<String> copies = new ArrayList<>();
    for (String entry : original.split(File.pathSeparator)) {
      if (entry.isEmpty() || !Files.exists(Path.of(entry))) {
        continue;
      }
      Path copy = shared.resolve(copies.size() + "-" + Path.of(entry).getFileName());
      Tools.run("cp", "-r", entry, copy.toString());
      copies.add(copy.toString());
    }
    Tools.run("chmod", "-R", "go+rX", shared.toString());
    return String.join(File.pathSeparator, copies);
  }

  private Answer run(String methods) throws Exception {
    SmallMix mix = SmallMix.of(mine, source, mine.resolve("mix"), methods);
    List<String> prefix =
        List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    try (RealProcess process =
        RealProcess.in(Home.sqlite(mine.resolve("home")), mine)
            .classPath(classPath)
            .under(prefix)
            .run("run", "r.yaml")) {
      int code = process.waitFor();
      mix.assertSourceUnchanged();
      return new Answer(mix, code, process.out(), process.err());
    }
  }

  private record Answer(SmallMix mix, int code, String out, String err) {}

  @Test
  void filesOfAnotherOwnerAreNotLinked_theNextMethodIsTaken_andTold() throws Exception {
    Answer answer = run("hardlink, symlink, copy");
    assertThat(answer.code).as(answer.err).isZero();
    assertThat(SmallMix.methods(answer.out)).isEqualTo("symlink 12 files");
    answer.mix.assertWhole();
  }

  @Test
  void withHardLinksAloneEachFailsByName() throws Exception {
    Answer answer = run("hardlink");
    assertThat(answer.code).as(answer.err).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err)
        .contains("12 files could not be placed")
        .containsPattern("all/d./f.*: NO_METHOD, hardlink: .* [(]EPERM[)]");
    assertThat(answer.mix.target()).doesNotExist();
  }

  @Test
  void filesThatMayNotBeRead_failByName_andGoOnWhenTheyMay() throws Exception {
    Path closed = source.resolve("d1/f3");
    allow(closed, "rw-------");
    Answer answer = run("hardlink, copy");
    assertThat(answer.code).as(answer.err).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err)
        .contains("1 file could not be placed", "all/d1/f3: SOURCE_UNREADABLE", "EACCES");
    assertThat(answer.mix.target()).doesNotExist();
    allow(closed, "rw-r--r--");
    Answer again = run("hardlink, copy");
    assertThat(again.code).as(again.err).isZero();
    assertThat(SmallMix.methods(again.out)).isEqualTo("copy 12 files");
    again.mix.assertWhole();
  }

  private static void allow(Path file, String permissions) throws Exception {
    Sources.change(
        file,
        () -> Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions)));
  }
}
