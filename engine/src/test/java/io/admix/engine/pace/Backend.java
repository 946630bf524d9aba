package io.admix.engine.pace;

import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** A simulated file system in virtual time: throughput as a function of the number of workers. */
final class Backend {
  static final int MOST = 128;

  final String name;
  private IntToDoubleFunction rate;
  private final double noise;
  private final Random random;

  Backend(String name, double noise, long seed, IntToDoubleFunction rate) {
    this.name = name;
    this.noise = noise;
    this.random = new Random(seed);
    this.rate = rate;
  }

  /** So many requests are served at once, each in the same time. */
  static IntToDoubleFunction slots(int slots) {
    return n -> 1_000.0 * Math.min(n, slots);
  }

  /** One lock: a second worker only makes the first one wait. */
  static IntToDoubleFunction serialLock() {
    return n -> 50_000 / (1 + 0.15 * (n - 1));
  }

  /** Every request takes its time, however many there are. */
  static IntToDoubleFunction latency() {
    return n -> 200.0 * n;
  }

  /** So many requests a second and no more, whoever sends them. */
  static IntToDoubleFunction tokens(double perSecond) {
    return n -> Math.min(400.0 * n, perSecond);
  }

  /** Waiting at first, a lock after all: the best is in the middle. */
  static IntToDoubleFunction hill(double contention, double coherence) {
    return n -> 1_000.0 * n / (1 + contention * (n - 1) + coherence * n * (n - 1));
  }

  void becomes(IntToDoubleFunction other) {
    rate = other;
  }

  /** Without chance. */
  double rate(int workers) {
    return rate.applyAsDouble(workers);
  }

  double best() {
    double best = 0;
    for (int n = 1; n <= MOST; n++) {
      best = Math.max(best, rate(n));
    }
    return best;
  }

  Window window(int workers) {
    double seen = rate(workers) * Math.max(0.1, 1 + noise * random.nextGaussian());
    return new Window(seen, 0, MOST, workers / rate(workers), false, false);
  }
}
