package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.admix.core.recipe.LinkMethod;
import io.admix.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real process, killed before every system call that changes a file below its home or target,
 * or that tells a database something: one process for each call. After each kill the mix is whole
 * or not there, the sources are as they were, and the same run publishes what the model says.
 */
class EveryCallTest {
  private static final int AT_ONCE = 2;
  private static final int FILES = 4;

  @TempDir Path folder;
  private SmallVolume volume;

  @AfterEach
  void unmount() throws Exception {
    if (volume != null) {
      Sources.release(volume.folder().resolve("a"));
      volume.close();
    }
  }

  @Test
  void hardLinksFromAnEmptyHome_killedBeforeEveryCall_arePublishedWhole() throws Exception {
    killAtEveryCall(LinkMethod.HARDLINK, Watched.ALL, folder, EveryCallTest::emptyHome);
  }

  @Test
  void copies_killedBeforeEveryCall_arePublishedWhole() throws Exception {
    killAtEveryCall(LinkMethod.COPY, Watched.TARGET, folder, this::preparedHome);
  }

  @Test
  void reflinks_killedBeforeEveryCall_arePublishedWhole() throws Exception {
    volume = SmallVolume.thatReflinks(folder.resolve("volume"));
    killAtEveryCall(LinkMethod.REFLINK, Watched.TARGET, volume.folder(), this::preparedHome);
  }

  @Test
  void hardLinksRecordedByPostgres_killedBeforeEveryCall_arePublishedWhole() throws Exception {
    Home first = Home.postgres(folder.resolve("first"));
    first.open().close();
    killAtEveryCall(
        LinkMethod.HARDLINK,
        Watched.TARGET,
        folder,
        path -> new Home(path, first.database(), withHome(first.environment(), path)));
  }

  private static Home emptyHome(Path path) {
    return Home.sqlite(path);
  }

  /**
   * With a catalogue that is there already: what makes it is killed at every call by another test.
   */
  private Home preparedHome(Path path) throws Exception {
    Path made = folder.resolve("prepared/catalog.db");
    if (!Files.exists(made)) {
      Home.sqlite(made.getParent()).open().close();
    }
    Files.copy(made, Files.createDirectories(path).resolve("catalog.db"));
    return Home.sqlite(path);
  }

  private static Map<String, String> withHome(Map<String, String> environment, Path home) {
    Map<String, String> changed = new TreeMap<>(environment);
    changed.put("ADMIX_HOME", home.toString());
    return changed;
  }

  /** Which calls are numbered. */
  private enum Watched {
    /** Home and target. */
    ALL,
    /**
     * The target, and what is said to a database: what the process does to its home is the same for
     * every method, and is covered by hard links. {@code -Dadmix.test.calls=all} covers it for
     * every method.
     */
    TARGET
  }

  /** Makes the home of one killed process. */
  private interface Homes {
    Home at(Path path) throws Exception;
  }

  private void killAtEveryCall(LinkMethod method, Watched watched, Path place, Homes homes)
      throws Exception {
    assumeTrue(TracedProcess.isPossible(), "ptrace(2) on x86-64 or Arm Linux is needed");
    makeFiles(place.resolve("a"));
    Sources.watch(place.resolve("a"));
    Course course = new Course(method, watched, place, homes);
    long begin = System.nanoTime();
    Queue<String> points = new ConcurrentLinkedQueue<>(course.run("list", "").listed());
    List<String> all = List.copyOf(points);
    Queue<String> missed = new ConcurrentLinkedQueue<>();
    AtomicInteger number = new AtomicInteger();
    runAll(() -> {
      for (String at = points.poll(); at != null; at = points.poll()) {
        if (!course.run("w" + number.incrementAndGet(), at).isKilled()) {
          missed.add(at);
        }
      }
      return null;
    });
    Map<String, Integer> kinds = new TreeMap<>();
    all.forEach(point -> kinds.merge(point.substring(0, point.indexOf(' ')), 1, Integer::sum));
    System.out.printf(
        "every call: %s, %d processes killed, before %s, %d s%n",
        method, all.size() - missed.size(), kinds, (System.nanoTime() - begin) / 1_000_000_000);
    assertThat(missed)
        .as("calls that the killed process did not come to")
        .allMatch(EveryCallTest::isSaidAgain);
    assertThat(kinds).containsKeys("mkdirat", "renameat2", "fsync", "syncfs");
  }

  /**
   * How often the server is told the same depends on time: rows are committed after 200 ms at the
   * latest, so that a slow process says some things once more than the next. What is said at all is
   * killed before.
   */
  private static boolean isSaidAgain(String point) {
    return point.startsWith("write socket ") && !point.endsWith(" #1");
  }

  private static void runAll(Callable<Void> worker) throws Exception {
    try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Void>> running =
          Stream.generate(() -> workers.submit(worker)).limit(AT_ONCE).toList();
      for (Future<Void> one : running) {
        one.get();
      }
    }
  }

  /** The same mix again and again, each time in a world of its own. */
  private record Course(LinkMethod method, Watched watched, Path place, Homes homes) {

    KillPoints run(String name, String at) throws Exception {
      Path world = Files.createDirectories(place.resolve(name));
      Home home = homes.at(world.resolve("home"));
      Mix mix = Mix.of("mix-" + name, world, world.resolve("out/mix"), method, place.resolve("a"));
      List<SourceFacts> before = PublishedMix.factsOf(mix);
      KillPoints points = new KillPoints(world, at);
      int code =
          TracedProcess.run(
              FastJava.interpreted(home, world),
              watched == Watched.ALL || KillPoints.ALL
                  ? List.of(home.folder(), mix.target().getParent())
                  : List.of(mix.target().getParent()),
              points,
              "run",
              mix.recipe().toString());
      String told = Files.readString(world.resolve("told.txt"));
      assertThat(code).as("%s: %s", points, told).isEqualTo(points.isKilled() ? 137 : 0);
      if (points.isKilled()) {
        assertWholeOrNotThere(mix, points);
      }
      PublishedMix.runAndCheck(home, mix, before, points.toString());
      remove(world);
      return points;
    }
  }

  private static void assertWholeOrNotThere(Mix mix, KillPoints points) throws IOException {
    if (Files.exists(mix.target())) {
      assertThat(SourceFacts.of(mix.target()).files()).as(points.toString()).hasSize(FILES);
    }
  }

  private static void makeFiles(Path source) throws IOException {
    for (int i = 0; i < FILES; i++) {
      Path file = source.resolve("d" + i % 2 + "/f" + i);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "file " + i);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
    }
  }
}
