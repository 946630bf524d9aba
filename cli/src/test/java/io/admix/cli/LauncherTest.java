package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
          "scripts/licences.sh",
          "scripts/prove-safety.sh",
          "scripts/train.sh",
          "scripts/package.sh",
          "scripts/packaged.sh",
          "scripts/try-package.sh"
        }) {
      assertThat(Files.isExecutable(Repository.root().resolve(script))).as(script).isTrue();
    }
    try (Stream<Path> scripts = Files.list(Repository.root().resolve("scripts"))) {
      for (Path script :
          (Iterable<Path>) scripts.filter(s -> s.toString().endsWith(".sh"))::iterator) {
        assertThat(shell("sh -n '" + script + "'").waitFor()).as("%s", script).isZero();
      }
    }
    assertThat(shell("sh -n admix && sh -n check && sh -n .ci/run").waitFor()).isZero();
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

  @Test
  void aTrainingThatEndsWell_leavesItsCacheAndNothingElse() throws Exception {
    assertThat(train("echo cache >\"$made\"")).isEmpty();
    assertThat(lib().resolve("service.aot")).hasContent("cache");
    assertThat(lib().resolve("service.trained")).exists();
    assertThat(workingFolders()).isEmpty();
  }

  @Test
  void aTrainingThatFails_leavesNoCacheAndNamesItsLog() throws Exception {
    assertThat(train("echo half >\"$made\"; echo the reason; exit 3"))
        .contains("status 3", lib().resolve("service.log").toString());
    assertThat(lib().resolve("service.aot")).doesNotExist();
    assertThat(lib().resolve("service.log")).hasContent("the reason");
    assertThat(workingFolders()).isEmpty();
  }

  @Test
  void aTrainingThatIsKilled_isTriedAgain() throws Exception {
    train("exec 9>&-; kill -9 $PPID");
    assertThat(workingFolders()).isNotEmpty();
    assertThat(lib().resolve("service.trained")).doesNotExist();
    train("echo cache >\"$made\"");
    assertThat(lib().resolve("service.aot")).hasContent("cache");
    assertThat(workingFolders()).isEmpty();
  }

  @Test
  void withoutFlockATrainingThatIsKilled_isTriedAgain() throws Exception {
    Files.writeString(lib().resolve("service.lock"), Long.MAX_VALUE + "\n");
    Path tools = Files.createDirectories(folder.resolve("tools"));
    shell("for t in mkdir rm mv sh; do ln -s \"$(command -v $t)\" '%s'/; done".formatted(tools));
    train("echo cache >\"$made\"", "PATH='" + tools + "' ");
    assertThat(lib().resolve("service.aot")).hasContent("cache");
    assertThat(lib().resolve("service.lock")).doesNotExist();
  }

  @Test
  void aTrainingThatIsInterrupted_startsNoService() throws Exception {
    assertThat(serveAfterTraining(130)).isEqualTo(130);
    assertThat(lib().resolve("started")).doesNotExist();
    assertThat(serveAfterTraining(1)).as("without a cache it starts").isZero();
    assertThat(lib().resolve("started")).exists();
  }

  @Test
  void anExportedCdpath_leadsNoPackageElsewhere() throws Exception {
    Path launch = Files.createDirectories(folder.resolve("p/lib")).resolve("launch.sh");
    Files.writeString(launch, "echo \"$root\"\n");
    Files.createDirectories(folder.resolve("p/bin"));
    Files.createDirectories(folder.resolve("other/bin"));
    String script =
        "cp scripts/packaged.sh '%1$s/p/bin/admix' && cd '%1$s/p' && CDPATH='%1$s/other' bin/admix"
            .formatted(folder);
    assertThat(output(shell(script))).isEqualTo(folder.resolve("p").toRealPath() + "\n");
  }

  @Test
  void aCatalogueThatIsLargeOrOfUnknownSize_takesBothCompilers() throws Exception {
    Path catalogue = folder.resolve("home/catalog.db");
    Files.createDirectories(catalogue.getParent());
    assertThat(compilers("", "plan x")).as("no catalogue yet").isEqualTo(1);
    try (RandomAccessFile file = new RandomAccessFile(catalogue.toFile(), "rw")) {
      assertThat(compilers("", "plan x")).isEqualTo(1);
      assertThat(compilers("PATH='" + folder + "'; ", "plan x")).as("no find").isEqualTo(4);
      file.setLength((512L << 20) + 512);
    }
    assertThat(compilers("", "plan x")).isEqualTo(4);
    assertThat(compilers("", "task list")).isEqualTo(1);
    assertThat(compilers("", "plan --help")).isEqualTo(1);
    assertThat(compilers("", "--db jdbc:sqlite:/none plan x")).isEqualTo(1);
    assertThat(compilers("", "--home /none --db jdbc:sqlite:" + catalogue + "?a=b run x"))
        .isEqualTo(4);
    assertThat(compilers("", "--home /none --db jdbc:postgresql://h/n run x")).isEqualTo(4);
  }

  @Test
  void aLibraryWithoutTheTextOfItsLicence_isNamed() throws Exception {
    Path list = folder.resolve("licences.txt");
    Files.writeString(
        list,
        """
        Lists of 3 third-party dependencies.
             (Apache License, Version 2.0) One (org.one:one:1.0 - https://one.org)
             (BSD-3-Clause) Two, native (org.two:two-native:2.0 - https://two.org)
             (Odd Licence 1) Three (org.three:three:3.0 - no url defined)
        """);
    for (String jar : new String[] {"one-1.0", "two-native-2.0"}) {
      Files.writeString(lib().resolve(jar + ".jar"), "PK");
    }
    Files.writeString(lib().resolve("three-3.0.jar"), "PK META-INF/LICENSE.txt PK");
    String script = "scripts/licences.sh '%s' '%s' '%s'".formatted(folder, lib(), list);
    Process lacking = shell(script);
    assertThat(lacking.exitValue()).isEqualTo(1);
    assertThat(output(lacking)).contains("org.one:one", "org.two:two").doesNotContain("org.three");
    Files.writeString(folder.resolve("Apache-2.0.txt"), "");
    Files.writeString(folder.resolve("two.txt"), "");
    assertThat(shell(script).exitValue()).isZero();
    Files.writeString(lib().resolve("three-3.0.jar"), "PK");
    assertThat(output(shell(script))).contains("org.three").doesNotContain("org.one");
  }

  /** 1: the first alone; 4: both. */
  private int compilers(String before, String arguments) throws Exception {
    Path java = program("java", "for a; do case $a in *Tiered*) echo ${a#*=} ;; esac; done");
    String script =
        "ADMIX_DB= ADMIX_HOME='%s/home' java='%s' lib='%s' train=; %s set -- %s; . scripts/launch.sh"
            .formatted(folder, java, lib(), before, arguments);
    return Integer.parseInt(output(shell(script)).trim());
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private Path lib() throws IOException {
    Path lib = Files.createDirectories(folder.resolve("lib"));
    Files.writeString(lib.resolve("class-path.sh"), "commands=c service=s\n");
    return lib;
  }

  /** What the training says on standard error but its first line. */
  private String train(String java, String... before) throws Exception {
    Path program = program("java", "made=${1#*=}; " + java);
    String script =
        "%sscripts/train.sh '%s' '%s' service".formatted(String.join("", before), program, lib());
    Process process = shell(script);
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)
        .replaceFirst("Preparing.*\n", "");
  }

  private List<Path> workingFolders() throws IOException {
    try (Stream<Path> entries = Files.list(lib())) {
      return entries.filter(e -> e.toString().contains(".training")).toList();
    }
  }

  private int serveAfterTraining(int status) throws Exception {
    Path train = program("train", "exit " + status);
    Path java = program("java", ": >'" + lib().resolve("started") + "'");
    return shell(
            "java='%s' lib='%s' train='%s'; set -- serve; . scripts/launch.sh"
                .formatted(java, lib(), train))
        .exitValue();
  }

  private Path program(String name, String script) throws IOException {
    Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
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
