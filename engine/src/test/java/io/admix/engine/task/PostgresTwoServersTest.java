package io.admix.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.catalog.Actor;
import io.admix.catalog.PostgresForTests;
import io.admix.catalog.Task;
import io.admix.engine.run.QueueLab;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers' queues on one PostgreSQL and one state folder. */
class PostgresTwoServersTest {
  @TempDir Path folder;

  @Test
  void twoServersShareTheTasks_andEachIsMadeOnce() throws Exception {
    try (QueueLab lab = new QueueLab(folder, PostgresForTests.settings(Clock.systemUTC()))) {
      lab.gate.closeAt("PLAN_SEALED");
      QueueLab.Node one = lab.node("admix.tasks.running=1");
      QueueLab.Node two = lab.node("admix.tasks.running=1");
      List<Task> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        tasks.add(one.submit(i < 3 ? "ann" : "ben", "mix-" + i));
      }
      one.started();
      two.started();
      List<String> first = lab.gate.await(2);
      assertThat(first)
          .as("each runs one, and they are of two owners")
          .containsExactlyInAnyOrder(tasks.get(0).id(), tasks.get(3).id());
      assertThat(one.tasks.state().running()).isEqualTo(1);
      assertThat(two.tasks.state().running()).isEqualTo(1);
      Task bens = tasks.get(3);
      assertThat(one.tasks.cancel(Actor.of("ben"), bens.id()).task().cancelRequested()).isTrue();
      lab.gate.kill(1, "PLACING_STARTED").open();

      two.awaitStatus(bens, Task.Status.CANCELLED);
      for (Task task : tasks.subList(0, 3)) {
        Task done = two.awaitStatus(task, Task.Status.COMPLETED);
        assertThat(done.files()).isEqualTo(10);
        assertThat(one.catalog.queue().events(task.id(), 0))
            .filteredOn(event -> event.status() == Task.Status.COMPLETED)
            .hasSize(1);
        assertThat(two.mixes.verify(task.name()).isClean()).isTrue();
      }
    }
  }
}
