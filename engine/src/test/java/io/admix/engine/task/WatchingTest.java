package io.admix.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.admix.catalog.Actor;
import io.admix.catalog.Task;
import io.admix.engine.run.QueueLab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those hear who watch a task. */
class WatchingTest {
  private static final Actor ANN = Actor.of("ann");

  @TempDir Path folder;
  private QueueLab lab;

  @BeforeEach
  void open() throws Exception {
    lab = new QueueLab(folder);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  /** Keeps what it hears; is slow if asked. */
  private static final class Listener implements TaskListener {
    private final List<TaskEvent> heard = new ArrayList<>();
    private final CountDownLatch mayHear;
    private int ends;

    Listener() {
      this(new CountDownLatch(0));
    }

    Listener(CountDownLatch mayHear) {
      this.mayHear = mayHear;
    }

    @Override
    public void event(TaskEvent event) {
      try {
        mayHear.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      synchronized (this) {
        heard.add(event);
      }
    }

    @Override
    public synchronized void ended() {
      ends++;
    }

    synchronized int ends() {
      return ends;
    }

    synchronized List<TaskEvent> heard() {
      return List.copyOf(heard);
    }

    List<String> states() {
      return heard().stream()
          .filter(e -> e.kind() == TaskEvent.Kind.STATE)
          .map(e -> e.seq() + " " + e.status() + " " + e.phase())
          .toList();
    }

    Listener awaitEnd() {
      await().atMost(QueueLab.PATIENCE).until(() -> ends() > 0);
      assertThat(ends()).isEqualTo(1);
      return this;
    }

    Listener awaitStates(int many) {
      await().atMost(QueueLab.PATIENCE).until(() -> states().size() >= many);
      return this;
    }
  }

  private static final String[] WHOLE_LIFE = {
    "1 PENDING PLANNING",
    "2 RUNNING PLANNING",
    "3 RUNNING PLACING",
    "4 RUNNING PUBLISHING",
    "5 COMPLETED DONE"
  };

  @Test
  void whoWatchesFromTheStart_hearsEveryState_andTheEnd_onEveryServer() throws Exception {
    lab.gate.closeAt("PLAN_SEALED");
    QueueLab.Node runner = lab.node().started();
    QueueLab.Node other = lab.node();
    Task task = runner.submit("ann", "mix");
    Listener here = new Listener();
    Listener there = new Listener();
    Listener slow = new Listener(new CountDownLatch(1));
    runner.tasks.watch(ANN, task.id(), 0, slow);
    runner.tasks.watch(ANN, task.id(), 0, here);
    other.tasks.watch(ANN, task.id(), 0, there);
    here.awaitStates(2);
    there.awaitStates(2);
    Listener late = new Listener();
    runner.tasks.watch(ANN, task.id(), 0, late);
    late.awaitStates(2);
    lab.gate.open();

    assertThat(late.awaitEnd().states()).containsExactly(WHOLE_LIFE);
    assertThat(here.awaitEnd().states()).containsExactly(WHOLE_LIFE);
    assertThat(there.awaitEnd().states()).containsExactly(WHOLE_LIFE);
    TaskEvent last = here.heard().getLast();
    assertThat(last.files()).isEqualTo(10);
    assertThat(last.filesTotal()).isEqualTo(10);
    assertThat(slow.heard()).isEmpty();
    slow.mayHear.countDown();
    assertThat(slow.awaitEnd().states()).as("it missed no state").containsExactly(WHOLE_LIFE);
  }

  @Test
  void whoComesBack_hearsWhatCameAfter_once() throws Exception {
    QueueLab.Node node = lab.node().started();
    Task task = node.submit("ann", "mix");
    node.awaitStatus(task, Task.Status.COMPLETED);
    Listener listener = new Listener();
    node.tasks.watch(ANN, task.id(), 3, listener);
    assertThat(listener.awaitEnd().states())
        .containsExactly("4 RUNNING PUBLISHING", "5 COMPLETED DONE");
    Listener knowsAll = new Listener();
    node.tasks.watch(ANN, task.id(), 5, knowsAll);
    assertThat(knowsAll.awaitEnd().heard()).isEmpty();
    Listener knowsTooMuch = new Listener();
    node.tasks.watch(ANN, task.id(), 99, knowsTooMuch);
    assertThat(knowsTooMuch.awaitEnd().heard()).isEmpty();
  }

  @Test
  void progressComesBetweenTheStates_atMostFiveTimesASecond() throws Exception {
    lab.gate.closeAt("PLAN_SEALED");
    QueueLab.Node node = lab.node().started();
    Task task = node.submit("ann", "mix");
    Listener listener = new Listener();
    node.tasks.watch(ANN, task.id(), 0, listener);
    await().atMost(QueueLab.PATIENCE).until(() -> progress(listener).size() >= 4);
    assertThat(node.tasks.progress(task.id())).isPresent();
    lab.gate.open();
    listener.awaitEnd();

    List<TaskEvent> progress = progress(listener);
    for (int i = 1; i < progress.size(); i++) {
      assertThat(Duration.between(progress.get(i - 1).at(), progress.get(i).at()))
          .isGreaterThan(Duration.ofMillis(150));
    }
    long seq = 0;
    for (TaskEvent event : listener.heard()) {
      assertThat(event.seq())
          .as("%s after state %d", event, seq)
          .isEqualTo(event.kind() == TaskEvent.Kind.STATE ? seq + 1 : seq);
      seq = event.seq();
    }
    await().atMost(QueueLab.PATIENCE).until(() -> node.tasks.progress(task.id()).isEmpty());
  }

  private static List<TaskEvent> progress(Listener listener) {
    return listener.heard().stream().filter(e -> e.kind() == TaskEvent.Kind.PROGRESS).toList();
  }

  @Test
  void aTaskThatIsDeletedOrCancelled_endsItsWatches_andSoDoesAServerThatCloses() throws Exception {
    QueueLab.Node node = lab.node();
    Task cancelled = node.submit("ann", "cancelled");
    Task deleted = node.submit("ann", "deleted");
    Task waiting = node.submit("ann", "waiting");
    Listener ofCancelled = new Listener();
    Listener ofDeleted = new Listener();
    Listener ofWaiting = new Listener();
    Listener closed = new Listener();
    node.tasks.watch(ANN, cancelled.id(), 0, ofCancelled);
    node.tasks.watch(ANN, deleted.id(), 0, ofDeleted);
    node.tasks.watch(ANN, waiting.id(), 0, ofWaiting);
    Watch watch = node.tasks.watch(ANN, waiting.id(), 0, closed);
    closed.awaitStates(1);
    watch.close();

    node.tasks.cancel(ANN, cancelled.id());
    node.tasks.delete(ANN, deleted.id());
    assertThat(ofCancelled.awaitEnd().states().getLast()).isEqualTo("2 CANCELLED DONE");
    ofDeleted.awaitEnd();
    assertThat(ofWaiting.awaitStates(1).ends()).isZero();
    node.tasks.close();
    ofWaiting.awaitEnd();
    assertThat(closed.ends()).as("who has closed hears no more").isZero();
    Listener late = new Listener();
    node.tasks.watch(ANN, waiting.id(), 0, late);
    late.awaitEnd();
  }

  @Test
  void aListenerThatFails_hearsNoMore_andNobodyElseSuffers() throws Exception {
    QueueLab.Node node = lab.node().started();
    Task task = node.submit("ann", "mix");
    CountDownLatch failed = new CountDownLatch(1);
    TaskListener failing =
        new TaskListener() {
          @Override
          public void event(TaskEvent event) {
            failed.countDown();
            throw new IllegalStateException("the browser is gone");
          }

          @Override
          public void ended() {
            throw new AssertionError("it failed before");
          }
        };
    Listener good = new Listener();
    node.tasks.watch(ANN, task.id(), 0, failing);
    node.tasks.watch(ANN, task.id(), 0, good);
    failed.await();
    assertThat(good.awaitEnd().states()).containsExactly(WHOLE_LIFE);
  }

  @Test
  void aTaskThatIsResumed_isWatchedOnward() throws Exception {
    QueueLab.Node node = lab.node();
    Task task = node.submit("ann", "mix");
    lab.sql(
        "UPDATE {admix}tasks SET status = 'FAILED', error = 'full', fence = 1 WHERE id = '"
            + task.id()
            + "'");
    Listener first = new Listener();
    node.tasks.watch(ANN, task.id(), 0, first);
    first.awaitEnd();
    node.tasks.resume(ANN, task.id());
    Listener second = new Listener();
    node.tasks.watch(ANN, task.id(), 1, second);
    assertThat(second.awaitStates(1).states()).containsExactly("2 PENDING PLANNING");
    node.started();
    assertThat(second.awaitEnd().states().getLast()).isEqualTo("6 COMPLETED DONE");
  }
}
