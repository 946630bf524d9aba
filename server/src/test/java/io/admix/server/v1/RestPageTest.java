package io.admix.server.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.admix.files.Sources;
import io.admix.server.ServerForTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/rest.md, run in their order by a real shell with a real curl. */
class RestPageTest {
  private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final Path CURL = Path.of("/usr/bin/curl");
  private static final Path BASH = Path.of("/bin/bash");

  @TempDir Path folder;

  @Test
  void theCommandsOfThePage_doWhatThePageSays() throws Exception {
    assumeTrue(Files.isExecutable(CURL), CURL + " is not on this machine");
    assumeTrue(Files.isExecutable(BASH), BASH + " is not on this machine");
    Path data = Files.createDirectory(folder.toRealPath().resolve("data"));
    try (ServerForTests server =
        ServerForTests.start("admix.security.mode=open", "admix.allowed-roots=" + data)) {
      for (String name : new String[] {"java/high", "java/low", "python"}) {
        Path into = Files.createDirectories(data.resolve(name));
        for (int i = 0; i < 5; i++) {
          Files.writeString(into.resolve("f" + i + ".txt"), name + i);
        }
      }
      Sources.watch(data);
      String printed = run(script(server, data));
      assertThat(printed)
          .contains("\"state\":\"RUNNING\"")
          .contains("\"labels\":{\"folder\":{\"high\":5,\"low\":5}}")
          .contains("{\"files\":5,\"bytes\":")
          .contains("event: state")
          .contains("\"status\":\"COMPLETED\"")
          .contains("\"sourceDataset\":\"java\"")
          .contains("\"center\":")
          .contains("\"concurrency\":{\"workers\":")
          .contains("\"triedIn\":")
          .contains("unknown key `percnt`: did you mean `percent`?")
          .contains("\"field\":\"target\"");
    }
  }

  private static String script(ServerForTests server, Path data) throws Exception {
    StringBuilder script = new StringBuilder("set -euo pipefail\n");
    Matcher blocks = COMMANDS.matcher(Files.readString(Path.of("../docs/rest.md")));
    while (blocks.find()) {
      script.append(blocks.group(1));
    }
    return script
        .toString()
        .replaceFirst("URL=\\S+", "URL=" + server.base().toString().replaceFirst("/$", ""))
        .replace("\"/data/", "\"" + data + "/")
        .replace("\"/data\"", "\"" + data + "\"");
  }

  private String run(String script) throws Exception {
    Path commands = Files.writeString(folder.resolve("commands.sh"), script);
    Path printed = folder.resolve("printed.txt");
    ProcessBuilder shell =
        new ProcessBuilder(BASH.toString(), commands.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile());
    shell.environment().put("ADMIX_TOKEN", "none");
    Process process = shell.start();
    boolean isOver = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(printed);
    assertThat(isOver).as(text).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
