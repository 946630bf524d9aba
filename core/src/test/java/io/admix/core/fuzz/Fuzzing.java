package io.admix.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs fuzz targets: classes with {@code static void fuzzerTestOneInput(byte[])}, which throws when
 * an input breaks what is promised. The corpus of a target, {@code fuzz/<simple name>.txt} of the
 * test resources, is replayed always; with {@code -Dadmix.test.fuzz=SECONDS} Jazzer then looks for
 * further inputs in a process of its own.
 */
public final class Fuzzing {
  private static final int INPUT_BYTES_MAX = 4096;

  private Fuzzing() {}

  /** Replays the corpus, then fuzzes if that is asked for. */
  public static void run(Class<?> target, Path folder) throws Exception {
    List<byte[]> corpus = corpus(target);
    replay(target, corpus);
    long seconds = Long.getLong("admix.test.fuzz", 0);
    if (seconds > 0) {
      fuzz(target, corpus, folder, seconds);
    }
  }

  private static void replay(Class<?> target, List<byte[]> corpus) throws Exception {
    assertThat(corpus).as("corpus of %s", target.getSimpleName()).isNotEmpty();
    MethodHandle method =
        MethodHandles.privateLookupIn(target, MethodHandles.lookup())
            .findStatic(
                target, "fuzzerTestOneInput", MethodType.methodType(void.class, byte[].class));
    for (byte[] input : corpus) {
      try {
        method.invoke(input);
      } catch (Throwable e) {
        throw new AssertionError(
            "%s, input %s".formatted(target.getSimpleName(), Corpus.encode(input)), e);
      }
    }
  }

  private static List<byte[]> corpus(Class<?> target) throws IOException {
    String name = "/fuzz/" + target.getSimpleName() + ".txt";
    try (InputStream in = target.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return Corpus.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** A finding is told as a corpus line; what is new is left beside the reports, minimised. */
  private static void fuzz(Class<?> target, List<byte[]> corpus, Path folder, long seconds)
      throws Exception {
    Path work = Files.createDirectories(folder.resolve(target.getSimpleName()));
    Path findings = Files.createDirectories(work.resolve("findings"));
    Path inputs = work.resolve("inputs");
    Corpus.intoFolder(corpus, inputs);
    String seed = System.getProperty("admix.test.seed", "1");
    Path log = Path.of("target", "fuzz", target.getSimpleName() + ".log").toAbsolutePath();
    Files.createDirectories(log.getParent());
    int code =
        jazzer(
            target,
            log,
            seconds + 120,
            List.of(
                "-max_total_time=" + seconds,
                "-seed=" + Integer.toUnsignedString(Long.hashCode(Long.parseLong(seed))),
                "-max_len=" + INPUT_BYTES_MAX,
                "-timeout=40",
                "-print_final_stats=1",
                "-artifact_prefix=" + findings + "/",
                inputs.toString()));
    List<String> found = Corpus.inFolder(findings).stream().map(Corpus::encode).toList();
    assertThat(found)
        .as("inputs that break %s (seed %s); the log is %s", target.getName(), seed, log)
        .isEmpty();
    assertThat(code).as("exit code of Jazzer, see %s", log).isZero();
    keepMinimised(target, inputs, work.resolve("minimised"), log.getParent());
  }

  private static void keepMinimised(Class<?> target, Path inputs, Path minimised, Path folder)
      throws Exception {
    Files.createDirectories(minimised);
    Path log = folder.resolve(target.getSimpleName() + ".merge.log");
    List<String> merge =
        List.of("-merge=1", "-max_len=" + INPUT_BYTES_MAX, minimised + "", inputs + "");
    assertThat(jazzer(target, log, 300, merge)).as("merge, see %s", log).isZero();
    List<String> lines = Corpus.inFolder(minimised).stream().map(Corpus::encode).toList();
    Files.write(folder.resolve(target.getSimpleName() + ".txt"), lines);
  }

  private static int jazzer(Class<?> target, Path log, long seconds, List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+EnableDynamicAgentLoading"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Djdk.attach.allowAttachSelf"));
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-cp", classPath(), "com.code_intelligence.jazzer.Jazzer"));
    command.add("--target_class=" + target.getName());
    command.add("--instrumentation_includes=io.admix.**:org.snakeyaml.**");
    command.add("--reproducer_path=" + log.getParent());
    command.addAll(options);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("Jazzer did not end within " + seconds + " s, see " + log);
    }
    return process.exitValue();
  }

  /** Surefire may start this process with a class path that is only a manifest. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
