package io.admix.files;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of the system that tests call. Missing ones are unmet assumptions by name. */
public final class Tools {
  private static final int SECONDS_MAX = 120;

  private Tools() {}

  /** What a program answered: output and errors together. */
  public record Answer(int code, String text) {}

  /** Skips the test, naming the program, where it is not installed. */
  public static void require(String program) {
    assumeTrue(isThere(program), "the program " + program + " is not installed");
  }

  public static void requireRoot(String what) throws IOException {
    boolean root = Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    assumeTrue(root, "only root is allowed " + what);
  }

  private static boolean isThere(String program) {
    return found(program).isPresent();
  }

  /** The folders of the administrator's programs are not in everybody's PATH. */
  private static Optional<String> found(String program) {
    return Stream.of("/usr/sbin", "/sbin", "/usr/local/bin", "/usr/bin", "/bin")
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  /** Runs a program that must succeed. */
  public static String run(String... command) {
    require(command[0]);
    Answer answer = call(command);
    if (answer.code != 0) {
      throw new AssertionError(
          String.join(" ", command) + " ended with " + answer.code + ": " + answer.text);
    }
    return answer.text;
  }

  /** Runs a program to its end, whatever it answers. */
  public static Answer call(String... command) {
    try {
      List<String> words = new ArrayList<>(List.of(command));
      words.set(0, found(command[0]).orElse(command[0]));
      ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
      Process process = builder.redirectInput(Path.of("/dev/null").toFile()).start();
      String text;
      try (InputStream out = process.getInputStream()) {
        text = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
      }
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(String.join(" ", command) + " does not end");
      }
      return new Answer(process.exitValue(), text);
    } catch (IOException e) {
      return new Answer(-1, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted in " + String.join(" ", command), e);
    }
  }
}
