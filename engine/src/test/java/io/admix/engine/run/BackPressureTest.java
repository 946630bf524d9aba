package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogException;
import io.admix.catalog.Task;
import io.admix.catalog.Tasks;
import io.admix.core.plan.PlanEntry;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.Recipe;
import io.admix.engine.RunMeter;
import io.admix.engine.StopSignal;
import io.admix.engine.plan.PlanHeader.PlanSource;
import io.admix.engine.plan.PlanRun;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A slow or broken database slows or stops the workers, and nothing piles up before it. */
class BackPressureTest {
  @TempDir Path folder;
  private Lab lab;

  @BeforeEach
  void open() throws Exception {
    lab = new Lab(folder.toRealPath());
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void aSlowRecorder_blocksWhoHandsRunsOver() throws Exception {
    CountDownLatch database = new CountDownLatch(1);
    List<Integer> transactions = new ArrayList<>();
    Tasks slow =
        intercepting(
            lab.catalog.tasks(),
            "record",
            args -> {
              transactions.add(((List<?>) args[1]).size());
              database.await(20, TimeUnit.SECONDS);
            });
    Halt halt = new Halt(new StopSignal());
    Tally tally = new Tally(1);
    Recorder recorder =
        new Recorder(
            slow,
            new Tasks.Lease("t", "r", 1),
            List.of(new PlanSource("a", "/a", null, null)),
            1,
            2,
            tally,
            halt,
            RunMeter.NONE,
            r -> {});
    recorder.start();
    AtomicInteger handedOver = new AtomicInteger();
    CompletableFuture<Void> worker =
        CompletableFuture.runAsync(() -> {
          for (int i = 0; i < 10; i++) {
            try {
              recorder.put(run(i));
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            handedOver.incrementAndGet();
          }
        });
    assertThatThrownBy(() -> worker.get(500, TimeUnit.MILLISECONDS))
        .isInstanceOf(java.util.concurrent.TimeoutException.class);
    // One run in the open transaction and two waiting; the fourth hands over only when the database
    // goes on.
    assertThat(handedOver.get()).isLessThanOrEqualTo(3);
    assertThat(recorder.waiting()).isLessThanOrEqualTo(2);
    database.countDown();
    worker.get(10, TimeUnit.SECONDS);
    recorder.close();
    assertThat(transactions.stream().mapToInt(Integer::intValue).sum()).isEqualTo(10);
    assertThat(tally.files()).isEqualTo(10);
  }

  @Test
  void aBatchHoldsWholeRuns_ofAtLeastSoManyRows() throws Exception {
    List<Integer> transactions = new ArrayList<>();
    Tasks tasks =
        intercepting(
            lab.catalog.tasks(), "record", args -> transactions.add(((List<?>) args[1]).size()));
    Recorder recorder =
        new Recorder(
            tasks,
            new Tasks.Lease("t", "r", 1),
            List.of(new PlanSource("a", "/a", null, null)),
            4,
            100,
            new Tally(1),
            new Halt(new StopSignal()),
            RunMeter.NONE,
            r -> {});
    for (int i = 0; i < 10; i++) {
      recorder.put(run(i));
    }
    recorder.start();
    recorder.close();
    assertThat(transactions).containsExactly(4, 4, 2);
  }

  @Test
  void aDatabaseThatFails_stopsTheTask_whichGoesOnLater() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 100, 100));
    Tasks broken =
        intercepting(
            lab.catalog.tasks(),
            "record",
            args -> {
              throw new CatalogException("disk full");
            });
    MixService mixes =
        new MixService(
            new Services(
                over(broken),
                lab.access,
                lab.settings(),
                new StateFolder(lab.settings().stateDir()),
                lab.planner::plan,
                CrashPoints.NONE));
    assertThatThrownBy(() -> lab.run(mixes, recipe))
        .isInstanceOfSatisfying(
            TaskFailedException.class, e -> assertThat(e.isResumable()).isTrue())
        .hasMessageContaining("disk full");
    assertThat(lab.task().status()).isEqualTo(Task.Status.FAILED);
    lab.assertPublished(lab.run(recipe), 100);
  }

  @Test
  void aRunnerThatLostItsLease_recordsNothingMore() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 100, 100));
    AtomicInteger links = new AtomicInteger();
    lab.access.beforeLink =
        name -> {
          if (links.incrementAndGet() == 10) {
            lab.catalog
                .tasks()
                .acquire(
                    lab.task().id(),
                    "somebody else",
                    java.time.Duration.ofSeconds(30),
                    owner -> true);
          }
        };
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOfSatisfying(
            TaskInterruptedException.class,
            e -> assertThat(e.reason()).isEqualTo(TaskInterruptedException.Cause.LEASE_LOST))
        .hasMessageContaining("another runner");
    Task task = lab.task();
    assertThat(task.runner().identity()).isEqualTo("somebody else");
    assertThat(task.status()).isEqualTo(Task.Status.RUNNING);
    assertThat(lab.target()).doesNotExist();
  }

  @Test
  @Timeout(20)
  void aWorkerWaits_whenHalfTheLeaseHasPassedUnconfirmed_andStopsWhenAllOfItHas() throws Exception {
    AtomicLong now = new AtomicLong();
    Halt halt = new Halt(new StopSignal());
    Tasks unreachable =
        intercepting(
            lab.catalog.tasks(),
            "renew",
            args -> {
              throw new CatalogException("unreachable");
            });
    LeaseKeeper keeper = keeper(unreachable, halt, now);
    now.set(TimeUnit.SECONDS.toNanos(15));
    keeper.step();
    keeper.check();
    now.set(TimeUnit.SECONDS.toNanos(15) + 1);
    CompletableFuture<Void> worker = CompletableFuture.runAsync(keeper::check);
    keeper.step();
    assertThat(halt.isAsked()).isFalse();
    assertThat(worker).isNotDone();
    now.set(TimeUnit.SECONDS.toNanos(30) + 1);
    worker.get();
    assertThat(halt.reason().orElseThrow().kind()).isEqualTo(Halt.Kind.LEASE_LOST);
    assertThat(halt.reason().orElseThrow().message()).contains("unreachable", "same command again");
  }

  @Test
  @Timeout(20)
  void aWorkerThatWaits_goesOnWhenTheLeaseIsConfirmed() throws Exception {
    AtomicLong now = new AtomicLong();
    Halt halt = new Halt(new StopSignal());
    Tasks back = answering(lab.catalog.tasks(), "renew", args -> new Tasks.Renewal(false));
    LeaseKeeper keeper = keeper(back, halt, now);
    now.set(TimeUnit.SECONDS.toNanos(29));
    CompletableFuture<Void> worker = CompletableFuture.runAsync(keeper::check);
    keeper.step();
    worker.get();
    assertThat(halt.isAsked()).isFalse();
  }

  private static LeaseKeeper keeper(Tasks tasks, Halt halt, AtomicLong now) {
    return new LeaseKeeper(
        tasks, new Tasks.Lease("t", "r", 1), java.time.Duration.ofSeconds(30), halt, now::get, 0);
  }

  @Test
  @Timeout(20)
  void aPublisherMustBeSure_evenWhenAStopWasAskedFor() {
    AtomicLong now = new AtomicLong();
    Halt halt = new Halt(new StopSignal());
    LeaseKeeper keeper = keeper(lab.catalog.tasks(), halt, now);
    halt.ask(Halt.Kind.STOPPED, true, "Ctrl-C");
    keeper.require();
    now.set(TimeUnit.SECONDS.toNanos(15) + 1);
    assertThatThrownBy(keeper::require).isInstanceOf(HaltedException.class);
  }

  @Test
  @Timeout(20)
  void aRenewalCountsFromWhenItWasAsked() {
    AtomicLong now = new AtomicLong();
    Halt halt = new Halt(new StopSignal());
    Tasks slow =
        answering(
            lab.catalog.tasks(),
            "renew",
            args -> {
              now.addAndGet(TimeUnit.SECONDS.toNanos(8));
              return new Tasks.Renewal(false);
            });
    LeaseKeeper keeper =
        new LeaseKeeper(
            slow,
            new Tasks.Lease("t", "r", 1),
            java.time.Duration.ofSeconds(30),
            halt,
            now::get,
            0);
    now.set(TimeUnit.SECONDS.toNanos(10));
    keeper.step();
    now.set(TimeUnit.SECONDS.toNanos(25));
    keeper.check();
    assertThat(halt.isAsked()).isFalse();
    now.set(TimeUnit.SECONDS.toNanos(40) + 1);
    keeper.check();
    assertThat(halt.isAsked()).isTrue();
  }

  @Test
  void neverMoreWorkersThanTheNumber() throws Exception {
    lab.copy =
        new io.admix.engine.settings.CopySettings(
            8, 128, 4.0, 32L << 20, 0.2, false, 3, 2000, false);
    lab.assertPublished(lab.run(lab.recipe(lab.source("a", 400, 400))), 400);
    assertThat(lab.access.linkingMax.get()).isBetween(1, 3);
  }

  private static FinishedRun run(int number) {
    PlanEntry entry =
        new PlanEntry(0, "", "f" + number, "", "f" + number, 1, new PlanEntry.Seen(1, 1), null);
    return new FinishedRun(
        new PlanRun(number, -1, "", 1, 0, 0),
        List.of(entry),
        List.of(new EntryResult.Placed(LinkMethod.HARDLINK, 1, 1, 1)));
  }

  private Catalog over(Tasks tasks) {
    return (Catalog)
        Proxy.newProxyInstance(
            Catalog.class.getClassLoader(),
            new Class<?>[] {Catalog.class},
            (proxy, method, args) ->
                method.getName().equals("tasks") ? tasks : call(lab.catalog, method, args));
  }

  private static Tasks intercepting(Tasks real, String name, Interception interception) {
    return answering(
        real,
        name,
        args -> {
          interception.before(args);
          return null;
        });
  }

  /** The real tasks, one method of which is replaced. */
  private static Tasks answering(Tasks real, String name, Answer answer) {
    return (Tasks)
        Proxy.newProxyInstance(
            Tasks.class.getClassLoader(),
            new Class<?>[] {Tasks.class},
            (proxy, method, args) ->
                method.getName().equals(name) ? answer.answer(args) : call(real, method, args));
  }

  private static Object call(Object real, java.lang.reflect.Method method, Object[] args)
      throws Throwable {
    try {
      return method.invoke(real, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private interface Interception {
    void before(Object[] args) throws Exception;
  }

  private interface Answer {
    Object answer(Object[] args) throws Exception;
  }
}
