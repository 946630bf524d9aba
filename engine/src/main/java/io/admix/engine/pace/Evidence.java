package io.admix.engine.pace;

/**
 * Rates measured in windows of one number of workers, and how much one window differs from the next
 * by chance.
 */
final class Evidence {
  private static final double NOISE_FIRST = 0.02;
  private static final double NOISE_MOST = 0.15;
  private static final double NOISE_WEIGHT = 0.2;

  /** Older windows count less: what happened long ago says little. */
  private static final int MEMORY = 4;

  private double noise2 = NOISE_FIRST * NOISE_FIRST;
  private double base;
  private int baseWindows;
  private double trial;
  private int trialWindows;
  private double last;

  /** Typical relative difference of one window from the mean. */
  double noise() {
    return Math.sqrt(noise2);
  }

  boolean hasBase() {
    return baseWindows > 0;
  }

  double base() {
    return base;
  }

  void forgetBase() {
    baseWindows = 0;
    last = 0;
  }

  void addBase(double rate) {
    learnNoise(rate);
    baseWindows = Math.min(MEMORY, baseWindows + 1);
    base += (rate - base) / baseWindows;
  }

  void addTrial(double rate) {
    learnNoise(rate);
    trialWindows++;
    trial += (rate - trial) / trialWindows;
  }

  int trialWindows() {
    return trialWindows;
  }

  /** How much better the trial is than the base: 0.1 is a tenth. */
  double gain() {
    return trial / Math.max(base, Double.MIN_NORMAL) - 1;
  }

  /** How far {@link #gain} may be off by chance. */
  double doubt() {
    return noise() * Math.sqrt(1.0 / trialWindows + 1.0 / baseWindows);
  }

  void endTrial() {
    trialWindows = 0;
    trial = 0;
    last = 0;
  }

  /** The trial's number is the base from now on. */
  void acceptTrial() {
    base = trial;
    baseWindows = trialWindows;
    trialWindows = 0;
    trial = 0;
  }

  private void learnNoise(double rate) {
    if (last > 0) {
      double difference = Math.min(NOISE_MOST, Math.abs(rate / last - 1));
      noise2 += NOISE_WEIGHT * (difference * difference / 2 - noise2);
    }
    last = rate;
  }
}
