package io.admix.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.catalog.Task;
import io.admix.catalog.TaskQueue.Candidate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Task.Runner ALIVE = new Task.Runner("alive", NOW.plusSeconds(30));
  private static final Task.Runner DEAD = new Task.Runner("dead", NOW.plusSeconds(30));

  private static Candidate task(
      String id, String owner, Task.@Nullable Runner runner, long served) {
    return taken(id, owner, runner, served, 0, 60);
  }

  private static Candidate taken(
      String id,
      String owner,
      Task.@Nullable Runner runner,
      long served,
      int takeovers,
      long secondsAgo) {
    return new Candidate(
        id,
        owner,
        runner,
        1,
        takeovers,
        NOW.minusSeconds(secondsAgo),
        NOW.minusSeconds(1_000).plusSeconds(served));
  }

  private static List<String> order(Candidate... candidates) {
    return Turns.order(List.of(candidates), c -> c.runner() == null || c.runner() == DEAD, NOW)
        .stream()
        .map(Candidate::taskId)
        .toList();
  }

  @Test
  void whoHasFewestRunning_comesFirst() {
    assertThat(
            order(task("1", "ann", ALIVE, 5), task("2", "ann", null, 5), task("3", "ben", null, 9)))
        .containsExactly("3", "2");
  }

  @Test
  void thenWhoWasServedLongestAgo_thenTheOldestTask() {
    assertThat(
            order(task("1", "ann", null, 7), task("3", "cid", null, 0), task("2", "ben", null, 0)))
        .containsExactly("2", "3", "1");
  }

  @Test
  void aDeadRunnersTask_countsAsWaiting_notAsRunning() {
    assertThat(order(task("1", "ann", DEAD, 5), task("2", "ben", null, 9)))
        .containsExactly("1", "2");
  }

  @Test
  void aTaskWhoseRunnersDie_isTriedEverMoreRarely() {
    assertThat(order(taken("1", "ann", DEAD, 0, 0, 0))).containsExactly("1");
    assertThat(order(taken("1", "ann", DEAD, 0, 3, 2))).isEmpty();
    assertThat(order(taken("1", "ann", DEAD, 0, 3, 3))).containsExactly("1");
    assertThat(order(taken("1", "ann", null, 0, 3, 0))).as("resumed").containsExactly("1");
  }
}
