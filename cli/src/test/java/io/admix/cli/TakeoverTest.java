package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.Admix;
import io.admix.engine.RefusedException;
import io.admix.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real processes that want one task, and one that slept while another took it over. */
class TakeoverTest {
  private static final int FILES = 60;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String SHORT_LEASE = "admix.lease=5s";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Home.Database.class)
  void twoProcessesResumeATaskAtOnce_oneMakesIt_theOtherSaysWho(Home.Database database)
      throws Exception {
    assumeTrue(TracedProcess.isPossible(), "ptrace(2) on x86-64 or Arm Linux is needed");
    World world = World.of(folder, "mix", LinkMethod.COPY, database);
    KillPoints killed = new KillPoints(world.folder, "linkat /out/.admix-<task>/a/d1/f7 #1");
    assertThat(world.run(killed)).isEqualTo(137);

    CyclicBarrier bothBegin = new CyclicBarrier(2);
    CompletableFuture<Void> oneHasEnded = new CompletableFuture<>();
    List<String> told = new ArrayList<>();
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      List<Future<Integer>> ends = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        World mine = world.withOutput("process-" + i);
        ends.add(two.submit(() -> mine.run(new Racer(bothBegin, oneHasEnded), oneHasEnded)));
      }
      List<Integer> codes = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        codes.add(ends.get(i).get());
        told.add(world.withOutput("process-" + i).told());
      }
      assertThat(codes).as(told.toString()).containsExactlyInAnyOrder(0, ExitCode.REFUSED);
      String refused = told.get(codes.indexOf(ExitCode.REFUSED));
      assertThat(refused)
          .contains("'mix' is being made by process ", " on host ", "admix task wait ")
          .doesNotContain("mix: published");
      assertThat(told.get(codes.indexOf(0))).contains("mix: published");
    }
    PublishedMix.check(world.home, world.mix, world.before, "two at once");
  }

  /** Both begin together; who comes to place waits there until the other one has ended. */
  private record Racer(CyclicBarrier bothBegin, CompletableFuture<Void> other, boolean[] begun)
      implements TracedProcess.Watcher {
    Racer(CyclicBarrier bothBegin, CompletableFuture<Void> other) {
      this(bothBegin, other, new boolean[1]);
    }

    @Override
    public TracedProcess.Verdict at(SystemCall call, String subject) throws Exception {
      if (!begun[0]) {
        begun[0] = true;
        bothBegin.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      if (call.name().equals("linkat")) {
        other.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      return TracedProcess.Verdict.GO_ON;
    }
  }

  /** Where a process stands still, and what it would have done next. */
  private enum Sleep {
    BEFORE_A_HARD_LINK("linkat /out/.admix-<task>/a/d1/f7 #1", LinkMethod.HARDLINK),
    BEFORE_A_COPY_GETS_ITS_NAME("linkat /out/.admix-<task>/a/d1/f7 #1", LinkMethod.COPY),
    BEFORE_THE_MANIFEST_IS_WRITTEN(
        "openat /home/state/<task>/manifest.jsonl.part #1", LinkMethod.COPY),
    BEFORE_THE_MANIFEST_GETS_ITS_NAME(
        "rename /home/state/<task>/manifest.jsonl.part #1", LinkMethod.HARDLINK),
    BEFORE_THE_VOLUME_IS_SYNCED("syncfs /out/.admix-<task> #1", LinkMethod.HARDLINK),
    BEFORE_THE_RENAME("renameat2 /out/mix #1", LinkMethod.HARDLINK),
    BEFORE_THE_PARENT_IS_SYNCED("fsync /out #1", LinkMethod.COPY);

    private final String call;
    private final LinkMethod method;

    Sleep(String call, LinkMethod method) {
      this.call = call;
      this.method = method;
    }
  }

  @Test
  void aProcessThatSleptPastItsLease_touchesNothingOfWhatAnotherPublished() throws Exception {
    assumeTrue(TracedProcess.isPossible(), "ptrace(2) on x86-64 or Arm Linux is needed");
    // All of them sleep at once: what the test waits for is the end of their leases.
    try (ExecutorService all = Executors.newFixedThreadPool(Sleep.values().length)) {
      List<Future<?>> tests = new ArrayList<>();
      for (Sleep sleep : Sleep.values()) {
        tests.add(all.submit(() -> sleepsPastItsLease(sleep)));
      }
      for (Future<?> test : tests) {
        test.get();
      }
    }
  }

  private Void sleepsPastItsLease(Sleep sleep) throws Exception {
    Path place = Files.createDirectory(folder.resolve(sleep.name()));
    World world = World.of(place, "mix", sleep.method, Home.Database.SQLITE);
    CountDownLatch asleep = new CountDownLatch(1);
    CountDownLatch wake = new CountDownLatch(1);
    KillPoints points = new KillPoints(place, sleep.call);
    List<String> afterwards = new ArrayList<>();
    TracedProcess.Watcher sleeper =
        (call, subject) -> {
          if (wake.getCount() == 0) {
            afterwards.add(call.name() + " " + subject);
          } else if (points.at(call, subject) == TracedProcess.Verdict.KILL) {
            asleep.countDown();
            wake.await();
          }
          return TracedProcess.Verdict.GO_ON;
        };
    CompletableFuture<Integer> process =
        CompletableFuture.supplyAsync(
            () -> world.runUnchecked(sleeper), task -> Thread.ofPlatform().start(task));
    try {
      await(sleep.name()).atMost(PATIENCE).until(() -> asleep.getCount() == 0 || process.isDone());
      assertThat(asleep.getCount()).as("%s: %s", sleep, world.told()).isZero();
      takeOver(world, sleep.name());
      SourceFacts published = SourceFacts.of(world.mix.target());
      SourceFacts state = SourceFacts.of(world.home.state());
      wake.countDown();
      int code = process.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(code).as("%s: %s", sleep, world.told()).isEqualTo(ExitCode.FAILED);
      assertThat(world.told())
          .as(sleep.name())
          .contains(
              "This process lost the task and placed, recorded and published nothing more",
              "Another process finished it: 'mix' is published at " + world.mix.target())
          .doesNotContain("task resume", "task cancel", "mix: published");
      assertThat(SourceFacts.of(world.mix.target()))
          .as("published before and after %s woke up, which did %s", sleep, afterwards)
          .isEqualTo(published);
      assertThat(SourceFacts.of(world.home.state()).files().keySet())
          .as("state before and after %s woke up", sleep)
          .isEqualTo(state.files().keySet());
      PublishedMix.check(world.home, world.mix, world.before, sleep.name());
    } finally {
      wake.countDown();
    }
    return null;
  }

  @Test
  void aProcessStoppedBySigstop_isReplacedAfterItsLease_andSaysSoWhenItGoesOn() throws Exception {
    World world = World.of(folder, "mix", LinkMethod.COPY, 4_000, Home.Database.SQLITE);
    try (RealProcess process =
        RealProcess.in(world.home, folder).run("run", "mix.yaml", "-c", SHORT_LEASE)) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> stagedFiles(world.mix) > 20 || !process.isAlive());
      process.signal("STOP");
      assertThat(world.mix.target()).as("published too early: %s", process.err()).doesNotExist();
      takeOver(world, "SIGSTOP");
      SourceFacts published = SourceFacts.of(world.mix.target());
      process.signal("CONT");
      assertThat(process.waitFor()).as(process.err()).isEqualTo(ExitCode.FAILED);
      assertThat(process.err())
          .contains("This process lost the task", "Another process finished it");
      assertThat(SourceFacts.of(world.mix.target())).isEqualTo(published);
    }
    PublishedMix.check(world.home, world.mix, world.before, "SIGSTOP");
  }

  private static long stagedFiles(Mix mix) throws IOException {
    Path beside = mix.target().getParent();
    if (!Files.isDirectory(beside)) {
      return 0;
    }
    try (Stream<Path> walk = Files.walk(beside)) {
      return walk.filter(Files::isRegularFile).limit(100).count();
    } catch (java.io.UncheckedIOException moving) {
      return 0;
    }
  }

  /** Runs the same recipe in this process until the lease of the sleeping one has ended. */
  private static void takeOver(World world, String context) throws Exception {
    try (Admix admix = world.home.open()) {
      await(context)
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> {
            try {
              return !PublishedMix.run(admix, world.mix).unchanged();
            } catch (RefusedException e) {
              assertThat(e).as(context).hasMessageContaining("is being made by process ");
              return false;
            }
          });
    }
  }

  /** A mix, and a process that makes it. */
  private record World(Path folder, Home home, Mix mix, List<SourceFacts> before, String output) {

    static World of(Path folder, String name, LinkMethod method, Home.Database database)
        throws Exception {
      return of(folder, name, method, FILES, database);
    }

    static World of(Path folder, String name, LinkMethod method, int files, Home.Database database)
        throws Exception {
      for (int i = 0; i < files; i++) {
        Path file = folder.resolve("a/d" + i % 6 + "/f" + i);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "file " + i);
      }
      Sources.watch(folder.resolve("a"));
      Mix mix = Mix.of(name, folder, folder.resolve("out/mix"), method, folder.resolve("a"));
      Home home = Home.of(database, folder.resolve("home"));
      return new World(folder, home, mix, PublishedMix.factsOf(mix), "told");
    }

    World withOutput(String name) {
      return new World(folder, home, mix, before, name);
    }

    String told() throws IOException {
      Path file = folder.resolve(output + ".txt");
      return Files.exists(file) ? Files.readString(file) : "";
    }

    int run(TracedProcess.Watcher watcher) throws Exception {
      return TracedProcess.run(
          FastJava.interpreted(home, folder).telling(folder.resolve(output + ".txt")),
          List.of(home.folder(), mix.target().getParent()),
          watcher,
          "run",
          mix.recipe().toString(),
          "-c",
          SHORT_LEASE);
    }

    int run(TracedProcess.Watcher watcher, CompletableFuture<Void> ended) throws Exception {
      try {
        return run(watcher);
      } finally {
        ended.complete(null);
      }
    }

    int runUnchecked(TracedProcess.Watcher watcher) {
      try {
        return run(watcher);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
