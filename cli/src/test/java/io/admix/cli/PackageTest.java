package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher of a package, in the layout of one, started as on a bare machine. A whole package
 * takes minutes: scripts/try-package.sh makes one and tries it.
 */
class PackageTest {
  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void layOut() throws IOException {
    root = Files.createDirectories(folder.resolve("some where/admix"));
    Path scripts = Repository.root().resolve("scripts");
    Files.createDirectories(root.resolve("bin"));
    Files.createDirectories(root.resolve("lib"));
    Files.copy(scripts.resolve("packaged.sh"), root.resolve("bin/admix"));
    Files.copy(scripts.resolve("launch.sh"), root.resolve("lib/launch.sh"));
    Files.writeString(
        root.resolve("lib/class-path.sh"), "commands=$lib/a.jar\nservice=$lib/b.jar\n");
    java("#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
  }

  @Test
  void theLauncherNeedsNothingButAShell_andPassesWordsAsTheyAre() throws Exception {
    Ended told = bare(root.resolve("bin/admix"), "run", "a recipe.yaml", "-c", "key=*");
    assertThat(told.err()).isEmpty();
    assertThat(told.out().lines())
        .contains("-XX:AOTCache=" + root + "/lib/admix.aot", root + "/lib/a.jar")
        .endsWith("io.admix.cli.Main", "run", "a recipe.yaml", "-c", "key=*");
  }

  @Test
  void theServiceHasItsOwnLibrariesAndCache_andIsFoundBehindOptions() throws Exception {
    assertThat(bare(root.resolve("bin/admix"), "--home", "run", "serve").out().lines())
        .contains("-XX:AOTCache=" + root + "/lib/service.aot", root + "/lib/b.jar");
    assertThat(bare(root.resolve("bin/admix"), "run", "serve").out().lines())
        .contains("-XX:AOTCache=" + root + "/lib/admix.aot");
  }

  @Test
  void aSymbolicLinkFindsItsPackage() throws Exception {
    Path link =
        Files.createSymbolicLink(folder.resolve("admix"), Path.of("some where/admix/bin/admix"));
    assertThat(bare(link, "--version").out()).contains(root + "/lib/a.jar");
  }

  @Test
  void itRunsOnThisJavaInAnEmptyEnvironment() throws Exception {
    java("#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin/java") + "' \"$@\"\n");
    Files.writeString(
        root.resolve("lib/class-path.sh"), "commands='" + RealProcess.mainClassPath() + "'\n");
    Ended help = bare(root.resolve("bin/admix"), "--help");
    assertThat(help.err()).isEmpty();
    assertThat(help.code()).isZero();
    assertThat(help.out()).startsWith("Composes training datasets by ratio.");
  }

  @Test
  void withoutJlinkAPackageIsRefusedInWords() throws Exception {
    Path script = Repository.root().resolve("scripts/package.sh");
    Path dist = folder.resolve("dist");
    Ended refused =
        run(
            Map.of("JAVA_HOME", folder.toString(), "PATH", "/usr/bin:/bin"),
            List.of(script.toString(), folder.toString(), folder.toString(), dist.toString()));
    assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err())
        .contains("needs jlink", folder.toString(), "Install", "Nothing was made");
    assertThat(dist).doesNotExist();
  }

  private void java(String script) throws IOException {
    Path java = Files.createDirectories(root.resolve("runtime/bin")).resolve("java");
    Files.writeString(java, script);
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  private record Ended(int code, String out, String err) {}

  /** With nothing set but where programs are. */
  private Ended bare(Path launcher, String... words) throws Exception {
    return run(
        Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString()),
        Stream.concat(Stream.of(launcher.toString()), Stream.of(words)).toList());
  }

  private Ended run(Map<String, String> environment, List<String> command) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(command))
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    return new Ended(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
