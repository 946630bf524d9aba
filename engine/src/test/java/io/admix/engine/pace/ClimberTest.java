package io.admix.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Simulated file systems in virtual time: what is found, how soon, and whether it stays. */
class ClimberTest {
  private static final int WINDOWS = 30;
  private static final int LATER = 200;
  private static final int SEEDS = 50;
  private static final double NOISE = 0.03;

  /** A kind of file system and the number to begin with. */
  private record World(String name, IntToDoubleFunction rate, int start) {
    Backend backend(double noise, long seed) {
      return new Backend(name, noise, seed, rate);
    }

    @Override
    public String toString() {
      return name + " from " + start;
    }
  }

  static Stream<World> worlds() {
    return Stream.of(
            new World("3 slots", Backend.slots(3), 2),
            new World("10 slots", Backend.slots(10), 2),
            new World("64 slots", Backend.slots(64), 2),
            new World("100 slots", Backend.slots(100), 2),
            new World("serial lock", Backend.serialLock(), 2),
            new World("latency", Backend.latency(), 2),
            new World("tokens", Backend.tokens(5_000), 2),
            new World("hill", Backend.hill(0.02, 0.001), 2),
            new World("flat hill", Backend.hill(0.05, 0.0001), 2))
        .flatMap(world ->
            Stream.of(
                world,
                new World(world.name, world.rate, 4),
                new World(world.name, world.rate, 16)));
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void within30Windows_theBestNumberIsFound(World world) {
    for (long seed = 0; seed < SEEDS; seed++) {
      Backend backend = world.backend(NOISE, seed);
      Climber climber = climber(world.start);
      List<Integer> path = climb(climber, backend, WINDOWS);
      assertThat(backend.rate(climber.learned().workers()))
          .as("%s, seed %d: %s", world, seed, path)
          .isGreaterThanOrEqualTo(0.9 * backend.best());
    }
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void onceFound_itStays_butForLooksAround(World world) {
    for (long seed = 0; seed < SEEDS; seed++) {
      Backend backend = world.backend(NOISE, seed);
      Climber climber = climber(world.start);
      climb(climber, backend, 2 * WINDOWS);
      long before = climber.moves();
      List<Integer> path = climb(climber, backend, LATER);
      double mean = path.stream().mapToDouble(backend::rate).average().orElse(0);
      assertThat(mean)
          .as("%s, seed %d: %s", world, seed, path)
          .isGreaterThanOrEqualTo(0.95 * backend.best());
      // A look above every 12 windows and one below every 24 or so, each there and back, and some
      // of them found something by chance.
      assertThat(climber.moves() - before)
          .as("%s, seed %d: %s", world, seed, path)
          .isLessThanOrEqualTo(LATER * 2 / 5);
    }
  }

  @Test
  void withoutChance_theWayIsShort() {
    Backend backend = new Backend("64 slots", 0, 0, Backend.slots(64));
    Climber climber = climber(2);
    List<Integer> path = climb(climber, backend, 8);
    assertThat(path).as("%s", path).startsWith(2, 4, 16, 64);
    assertThat(climb(climber, backend, 22)).allMatch(workers -> workers >= 32);
    assertThat(climber.learned().workers()).isBetween(58, 70);
  }

  @Test
  void atEqualThroughput_fewerArePreferred() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Backend backend = new Backend("tokens", 0.01, seed, Backend.tokens(1_000));
      Climber climber = climber(16);
      List<Integer> path = climb(climber, backend, WINDOWS);
      assertThat(climber.learned().workers()).as("seed %d: %s", seed, path).isLessThanOrEqualTo(5);
    }
  }

  static Stream<List<IntToDoubleFunction>> changes() {
    return Stream.of(
        List.of(Backend.slots(8), Backend.slots(64)),
        List.of(Backend.slots(64), Backend.slots(8)),
        List.of(Backend.latency(), Backend.serialLock()),
        List.of(Backend.serialLock(), Backend.latency()),
        List.of(Backend.hill(0.02, 0.001), Backend.hill(0.2, 0.01)));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void whenTheBestNumberChanges_itIsFoundAgainWithin30Windows(List<IntToDoubleFunction> rates) {
    for (long seed = 0; seed < SEEDS; seed++) {
      Backend backend = new Backend("changing", 0.02, seed, rates.getFirst());
      Climber climber = climber(2);
      climb(climber, backend, 100);
      backend.becomes(rates.getLast());
      List<Integer> path = climb(climber, backend, WINDOWS);
      assertThat(backend.rate(climber.learned().workers()))
          .as("seed %d: %s", seed, path)
          .isGreaterThanOrEqualTo(0.9 * backend.best());
    }
  }

  @Test
  void aSystemShortOfSomething_getsThreeTenthsFewerWorkersAtOnce_andIsLeftAloneForAWhile() {
    Climber climber = climber(2);
    Backend backend = new Backend("latency", 0, 0, Backend.latency());
    climb(climber, backend, WINDOWS);
    int before = climber.workers();
    assertThat(before).isEqualTo(128);
    Move move = climber.next(shortOf(3, backend.rate(before))).orElseThrow();
    assertThat(move.to()).isEqualTo(89);
    assertThat(move.why()).contains("short").contains("3 times");
    assertThat(climb(climber, backend, 12)).allMatch(workers -> workers <= 89);
  }

  @Test
  void oneOddWindow_isChance_andASecondIsBelieved() {
    Climber climber = climber(2);
    Backend backend = new Backend("10 slots", 0, 0, Backend.slots(10));
    while (!climber.isSettled()) {
      climber.next(backend.window(climber.workers()));
    }
    int settled = climber.workers();
    climber.next(backend.window(settled));
    Window slow = new Window(0.5 * backend.rate(settled), 0, 128, 0.001, false, false);
    assertThat(climber.next(slow)).isEmpty();
    Move move = climber.next(slow).orElseThrow();
    assertThat(move.to()).isEqualTo((int) Math.round(settled * 0.7));
    assertThat(move.why()).contains("at an equal number");
  }

  @Test
  void windowsThatSayNothing_moveNothing() {
    Climber climber = climber(4);
    for (int i = 0; i < 50; i++) {
      assertThat(climber.next(new Window(100, 0, 128, 0, false, true))).isEmpty();
      assertThat(climber.next(new Window(0, 0, 128, 0, false, false))).isEmpty();
    }
    assertThat(climber.workers()).isEqualTo(4);
  }

  @Test
  void busyProcessors_areNotGivenMoreWorkers() {
    Climber climber = climber(2);
    for (int i = 0; i < 50; i++) {
      climber.next(new Window(100_000, 0, 128, 0, true, false));
      assertThat(climber.workers()).isEqualTo(2);
    }
  }

  @Test
  void aServerThatNeedsSecondsForALink_isNotAskedForMore() {
    Climber climber = climber(4);
    for (int i = 0; i < 50; i++) {
      climber.next(new Window(2, 0, 128, 2.0, false, false));
      assertThat(climber.workers()).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void whereFewFindWork_thoseAreAll_andWhatWasLearnedIsKept() {
    Climber climber = climber(2);
    Backend backend = new Backend("64 slots", 0, 0, Backend.slots(64));
    climb(climber, backend, WINDOWS);
    Learned learned = climber.learned();
    for (int i = 0; i < 10; i++) {
      climber.next(new Window(1_000, 0, 1, 0.001, false, false));
    }
    assertThat(climber.workers()).isEqualTo(1);
    assertThat(climber.learned()).isEqualTo(learned);
    Move move = climber.next(backend.window(1)).orElseThrow();
    assertThat(move.to()).isEqualTo(learned.workers());
  }

  @Test
  void theNextSearch_beginsWhereTheLastEnded() {
    Backend backend = new Backend("64 slots", 0, 0, Backend.slots(64));
    Climber first = climber(2);
    List<Integer> halfWay = climb(first, backend, 3);
    assertThat(halfWay).containsExactly(2, 4, 16);
    Climber second = new Climber(first.learned(), 128, 2, true);
    climb(second, backend, WINDOWS);
    assertThat(second.learned().isSettled()).isTrue();
    Climber third = new Climber(second.learned(), 128, 2, true);
    assertThat(climb(third, backend, 4)).allMatch(w -> w == second.learned().workers());
    assertThat(new Climber(second.learned(), 8, 2, true).workers()).isEqualTo(8);
  }

  @Test
  void theNumberIsNeverBelowOne_norAboveTheBound() {
    for (int bound : new int[] {1, 2, 3, 8}) {
      Climber climber = new Climber(Learned.startAt(16), bound, 2, true);
      Backend backend = new Backend("latency", 0.3, bound, Backend.latency());
      for (int i = 0; i < 500; i++) {
        Window window = i % 50 == 49 ? shortOf(1, 100) : backend.window(climber.workers());
        climber.next(window);
        assertThat(climber.workers()).isBetween(1, bound);
      }
    }
  }

  private static Window shortOf(long backOffs, double rate) {
    return new Window(rate, backOffs, 128, 0.001, false, false);
  }

  private static Climber climber(int start) {
    return new Climber(Learned.startAt(start), Backend.MOST, 2, true);
  }

  /** The numbers that were worked with. */
  private static List<Integer> climb(Climber climber, Backend backend, int windows) {
    List<Integer> path = new ArrayList<>();
    IntStream.range(0, windows)
        .forEach(window -> {
          int workers = climber.workers();
          path.add(workers);
          Optional<Move> move = climber.next(backend.window(workers));
          assertThat(move.map(Move::to).orElse(workers)).isEqualTo(climber.workers());
        });
    return path;
  }
}
