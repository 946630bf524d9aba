package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.catalog.PostgresForTests;
import io.admix.core.recipe.Layout;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.OnError;
import io.admix.files.World;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The world stops at every change that a mix makes to files and catalogue, before it, within it and
 * after it; a fresh engine with a fresh catalogue goes on by the same {@code run}, and may crash
 * again. What is published in the end is what it would have been without a crash.
 */
class CrashCoursesTest {
  private static final int COMBINATIONS = 6;
  private static final int CRASHES = Integer.getInteger("admix.test.crashes", 1_000);
  private static final long SEED = Long.getLong("admix.test.seed", System.nanoTime());
  private static final Map<String, Integer> MADE = new TreeMap<>();

  @TempDir(factory = InMemory.class)
  static Path folder;

  private static CrashSources sources;

  @BeforeAll
  static void makeSources() throws Exception {
    sources = CrashSources.make(folder.toRealPath().resolve("sources"), 15, 10);
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
      if (!(thrown instanceof World.Crash) && before != null) {
        before.uncaughtException(thread, thrown);
      }
    });
  }

  @AfterAll
  static void tell() {
    System.out.printf(
        "%,d in-process crashes, seed %d: %s%n",
        MADE.values().stream().mapToInt(Integer::intValue).sum(), SEED, MADE);
  }

  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource({
    "HARDLINK, sqlite", "REFLINK, sqlite", "COPY, sqlite",
    "HARDLINK, postgresql", "REFLINK, postgresql", "COPY, postgresql"
  })
  void aCrashAtAnyChange_isFinishedByTheSameRun(LinkMethod method, String database)
      throws Exception {
    Path root = folder.toRealPath().resolve(method + "-" + database);
    int wanted = (CRASHES + COMBINATIONS - 1) / COMBINATIONS;
    int made = 0;
    try (CrashBench bench = bench(root, database)) {
      made += everyChange(new CrashCourse(bench, sources, method, Layout.BY_SOURCE, OnError.FAIL));
      Random random = new Random(SEED ^ (method + database).hashCode());
      List<CrashCourse> courses = courses(bench, method);
      for (int i = 0; made < wanted || i < 2 * courses.size(); i++) {
        CrashCourse course = courses.get(i % courses.size());
        made += course.make(stops(course, random), random).size();
      }
      sources.assertUnchanged();
    } catch (AssertionError e) {
      throw new AssertionError("with -Dadmix.test.seed=" + SEED + ": " + e.getMessage(), e);
    }
    MADE.put(method + " on " + database, made);
    assertThat(made).isGreaterThanOrEqualTo(wanted);
  }

  private static CrashBench bench(Path root, String database) throws Exception {
    return database.equals("postgresql")
        ? new CrashBench(root, PostgresForTests.settings(Clock.systemUTC()))
        : CrashBench.onSqlite(root);
  }

  /** One crash in each mix: at change 1, 2, 3, … until a mix comes through without one. */
  private static int everyChange(CrashCourse course) throws Exception {
    int made = 0;
    List<String> crashes = List.of("");
    for (long change = 1; !crashes.isEmpty(); change++) {
      crashes = stopAt(course, change, World.Instant.BEFORE);
      made += crashes.size();
      if (!crashes.isEmpty()) {
        made += stopAt(course, change, World.Instant.AFTER).size();
      }
      if (crashes.toString().contains("COPY") || crashes.toString().contains("REFLINK")) {
        made += stopAt(course, change, World.Instant.BEGUN).size();
        made += stopAt(course, change, World.Instant.ALMOST).size();
      }
      if (crashes.toString().contains("RENAME")) {
        made += stopAt(course, change, World.Instant.BEGUN).size();
      }
    }
    assertThat(made).as("crashes of one small mix").isGreaterThan((int) course.changes());
    return made;
  }

  private static List<String> stopAt(CrashCourse course, long change, World.Instant instant)
      throws Exception {
    return course.make(List.of(new CrashCourse.Stop(change, instant)), null);
  }

  private static List<CrashCourse> courses(CrashBench bench, LinkMethod method) throws Exception {
    List<CrashCourse> courses = new ArrayList<>();
    for (Layout layout : List.of(Layout.BY_SOURCE, Layout.FLAT)) {
      for (OnError onError : OnError.values()) {
        courses.add(new CrashCourse(bench, sources, method, layout, onError));
      }
    }
    return courses;
  }

  /** A crash anywhere in the first engine, and most often others in those that go on. */
  private static List<CrashCourse.Stop> stops(CrashCourse course, Random random) {
    List<CrashCourse.Stop> stops = new ArrayList<>();
    int most = 1 + random.nextInt(4);
    for (int i = 0; i < most; i++) {
      World.Instant[] instants = World.Instant.values();
      long among = i == 0 ? course.changes() : course.changes() / 2;
      stops.add(
          new CrashCourse.Stop(
              1 + random.nextInt((int) among), instants[random.nextInt(instants.length)]));
    }
    return stops;
  }
}
