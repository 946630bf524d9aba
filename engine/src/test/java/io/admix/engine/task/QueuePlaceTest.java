package io.admix.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.catalog.Task;
import io.admix.catalog.TaskQueue.Candidate;
import io.admix.catalog.TaskQueue.Waiting;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is told of a task that waits, against the turns that are really taken. */
class QueuePlaceTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Task.Runner RUNNER = new Task.Runner("here", NOW.plusSeconds(30));
  private static final int ROUNDS = 1_000;

  /** One owner's tasks; the numbers are ids, and ascend with time. */
  private static final class Owner {
    final String name;
    final Deque<Integer> waiting = new ArrayDeque<>();
    final List<Integer> running = new ArrayList<>();
    long servedAt;

    Owner(String name) {
      this.name = name;
    }
  }

  @Test
  void noMoreTasksStartBefore_thanIsTold() {
    long testSeed = Long.getLong("admix.test.seed", System.nanoTime());
    Random random = new Random(testSeed);
    boolean isReached = false;
    for (int round = 0; round < ROUNDS; round++) {
      List<Owner> owners = owners(random);
      Owner asking = owners.get(random.nextInt(owners.size()));
      List<Integer> own = List.copyOf(asking.waiting);
      int asked = own.isEmpty() ? -1 : own.get(random.nextInt(own.size()));
      if (asked >= 0) {
        QueuePlace told = told(owners, asking, asked);
        int before = startedBefore(asked, owners, random);
        assertThat(before)
            .as("test seed %d, round %d: %s", testSeed, round, told)
            .isBetween((int) told.ownBefore(), (int) told.atMostBefore());
        isReached |= before == told.atMostBefore() && before > told.ownBefore();
      }
    }
    assertThat(isReached).as("test seed %d: the bound is reached", testSeed).isTrue();
  }

  private static List<Owner> owners(Random random) {
    List<Owner> owners = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      owners.add(new Owner("owner" + i));
    }
    int tasks = 1 + random.nextInt(12);
    for (int id = 0; id < tasks; id++) {
      Owner owner = owners.get(random.nextInt(owners.size()));
      if (owner.running.isEmpty() && owner.waiting.isEmpty() && random.nextInt(3) == 0) {
        owner.running.add(id);
      } else {
        owner.waiting.add(id);
      }
    }
    owners.forEach(owner -> owner.servedAt = random.nextInt(100));
    return owners;
  }

  private static QueuePlace told(List<Owner> owners, Owner asking, int asked) {
    List<Waiting> waiting =
        owners.stream()
            .filter(owner -> !owner.waiting.isEmpty())
            .map(owner ->
                new Waiting(
                    owner.name,
                    owner.waiting.size(),
                    owner.waiting.stream().filter(id -> id < asked).count()))
            .toList();
    return QueuePlace.of(asking.name, waiting, !asking.running.isEmpty());
  }

  /** Tasks end in any order, and others begin as Turns says. */
  private static int startedBefore(int asked, List<Owner> owners, Random random) {
    int places = 1 + random.nextInt(3);
    for (int started = 0; ; started++) {
      while (owners.stream().mapToInt(owner -> owner.running.size()).sum() >= places) {
        endOne(owners, random);
      }
      while (random.nextInt(3) == 0) {
        endOne(owners, random);
      }
      Candidate next =
          Turns.order(candidates(owners), candidate -> candidate.runner() == null, NOW).getFirst();
      if (Integer.parseInt(next.taskId()) == asked) {
        return started;
      }
      Owner owner =
          owners.stream().filter(each -> each.name.equals(next.owner())).findFirst().orElseThrow();
      owner.running.add(owner.waiting.remove());
      owner.servedAt = 100 + started;
    }
  }

  private static void endOne(List<Owner> owners, Random random) {
    List<Owner> busy = owners.stream().filter(owner -> !owner.running.isEmpty()).toList();
    if (!busy.isEmpty()) {
      busy.get(random.nextInt(busy.size())).running.removeFirst();
    }
  }

  private static List<Candidate> candidates(List<Owner> owners) {
    List<Candidate> candidates = new ArrayList<>();
    for (Owner owner : owners) {
      owner.running.forEach(id -> candidates.add(candidate(id, owner, true)));
      owner.waiting.stream()
          .min(Comparator.naturalOrder())
          .ifPresent(id -> candidates.add(candidate(id, owner, false)));
    }
    return candidates;
  }

  private static Candidate candidate(int id, Owner owner, boolean isRunning) {
    return new Candidate(
        "%02d".formatted(id),
        owner.name,
        isRunning ? RUNNER : null,
        1,
        0,
        NOW.minusSeconds(60),
        NOW.minusSeconds(10_000).plusSeconds(owner.servedAt));
  }
}
