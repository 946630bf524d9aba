package io.admix.engine.pace;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Finds the number of workers with the highest throughput by trying: twice as many (four times
 * where that paid nearly in full) as long as it gains, then between what was better and what was
 * worse, until the neighbours of the best number are known. Then it holds, and looks a little above
 * and below from time to time. At equal throughput fewer workers are preferred.
 *
 * <p>Fewer at once when the system is short of something (EMFILE, ENOMEM, EBUSY, ETIMEDOUT); tried
 * with fewer, then with more, when the throughput changes by 15 % at an equal number. What one
 * window shows is believed only as far as windows differ by chance.
 *
 * <p>Knows neither clock nor threads: whoever has it gives it one {@link Window} after the other
 * and sets {@link #workers} workers to work. Used by one thread.
 */
public final class Climber {
  private static final double GAIN = 0.03;
  private static final double CHANGE = 0.15;
  private static final double CUT = 0.7;
  private static final double DOUBLE = 2;
  private static final double FULL_PAY = 0.75;
  private static final double AGAIN = 1.4;
  private static final int TRIAL_WINDOWS_MOST = 3;
  private static final int IDLE_WINDOWS = 2;
  private static final int HOLD_FIRST = 4;
  private static final int HOLD_MOST = 12;

  /** Fewer cost more to try than more do, where more is known to be better. */
  private static final int HOLD_BELOW_MOST = 48;

  private static final int HOLD_SHORT_MOST = 48;

  /** A server whose answers take so long is in trouble: more at once do not help it. */
  private static final double SECONDS_PER_FILE_MOST = 1;

  private final int cpus;
  private final int bound;
  private final boolean isLatencyTold;
  private final Evidence evidence = new Evidence();

  private Bracket bracket;
  private State state;
  private int base;
  private int trial;
  private double factor = DOUBLE;
  private boolean isUpward = true;
  private boolean hasClimbed;
  private boolean isLook;
  private int retried;
  private int idle;

  /** What was learned before fewer workers found work. */
  private @Nullable Learned beforeIdle;

  /** Share of the best throughput that going down has cost since the last gain. */
  private double given;

  private int changed;
  private double changedSum;
  private int holdAbove = HOLD_FIRST;
  private int holdBelow = HOLD_FIRST;
  private int untilAbove;
  private int untilBelow;
  private long looks;
  private long moves;

  private enum State {
    SEARCH,
    TRIAL,
    HOLD
  }

  /**
   * @param bound most workers ever, at least 1
   * @param cpus processors of this process
   * @param isLatencyTold whether seconds per file say something: of links, not of bytes
   */
  public Climber(Learned start, int bound, int cpus, boolean isLatencyTold) {
    this.bound = Math.max(1, bound);
    this.cpus = cpus;
    this.isLatencyTold = isLatencyTold;
    this.bracket = new Bracket(start.worseBelow(), start.worseAbove());
    this.base = Math.max(1, Math.min(start.workers(), this.bound));
    this.trial = base;
    this.state = start.isSettled() ? State.HOLD : State.SEARCH;
    this.untilAbove = HOLD_FIRST;
    this.untilBelow = 2 * HOLD_FIRST;
  }

  /** Workers that are to work now. */
  public int workers() {
    return state == State.TRIAL ? trial : base;
  }

  /** How often the number was changed. */
  public long moves() {
    return moves;
  }

  /** Whether nothing is being tried, and the neighbours of the number are known. */
  public boolean isSettled() {
    return state == State.HOLD;
  }

  /** Where the search stands; a trial that is not over does not count. */
  public Learned learned() {
    Learned before = beforeIdle;
    if (before != null) {
      return before;
    }
    return new Learned(base, bracket.worseBelow(), bracket.worseAbove(), state == State.HOLD);
  }

  /** Takes in what was seen with {@link #workers} workers; the move is to be made at once. */
  public Optional<Move> next(Window window) {
    int before = workers();
    String why = judge(window);
    int now = workers();
    if (before == now) {
      return Optional.empty();
    }
    moves++;
    return Optional.of(new Move(before, now, why));
  }

  private String judge(Window window) {
    if (window.backOffs() > 0) {
      return cut(window);
    }
    if (window.isHeldBack() || window.rate() <= 0) {
      return leaveTrial("the files do not set the pace");
    }
    if (window.most() < workers()) {
      return idle(window);
    }
    idle = 0;
    Learned before = beforeIdle;
    if (before != null && window.most() >= before.workers()) {
      return backToWork(before);
    }
    return switch (state) {
      case SEARCH -> search(window);
      case TRIAL -> judgeTrial(window);
      case HOLD -> hold(window);
    };
  }

  /** Three tenths fewer, and the number that was too high is remembered. */
  private String cut(Window window) {
    int tooMany = workers();
    base = Math.max(1, (int) (tooMany * CUT));
    bracket = new Bracket(0, Math.max(base + 1, tooMany));
    evidence.endTrial();
    evidence.forgetBase();
    state = State.HOLD;
    holdAbove = Math.min(HOLD_SHORT_MOST, Math.max(HOLD_MOST, holdAbove * 2));
    untilAbove = holdAbove;
    given = 0;
    return "the system was short of something %,d times".formatted(window.backOffs());
  }

  /** A trial whose workers find no work shows nothing. */
  private String leaveTrial(String why) {
    if (state == State.TRIAL) {
      evidence.endTrial();
      rest();
    }
    return why;
  }

  /**
   * Where fewer find work, those are what there is to choose from; what was learned stays known.
   */
  private String idle(Window window) {
    String why = "no more than %d find work".formatted(window.most());
    if (state == State.TRIAL) {
      return leaveTrial(why);
    }
    if (++idle >= IDLE_WINDOWS) {
      beforeIdle = learned();
      begin(Learned.startAt(window.most()));
      isUpward = false;
      hasClimbed = false;
    }
    return why;
  }

  private String backToWork(Learned before) {
    begin(before);
    beforeIdle = null;
    return "%d find work again".formatted(before.workers());
  }

  private void begin(Learned start) {
    evidence.endTrial();
    evidence.forgetBase();
    bracket = new Bracket(start.worseBelow(), start.worseAbove());
    base = Math.max(1, Math.min(start.workers(), bound));
    state = start.isSettled() ? State.HOLD : State.SEARCH;
    factor = DOUBLE;
    given = 0;
    idle = 0;
  }

  private String search(Window window) {
    double change = evidence.hasBase() ? window.rate() / evidence.base() - 1 : 0;
    if (isChanged(change)) {
      return startOver(window, change);
    }
    evidence.addBase(window.rate());
    return tryNext(window);
  }

  private String tryNext(Window window) {
    OptionalInt above = mayRise(window) ? above(window) : OptionalInt.empty();
    OptionalInt below = mayFall(window) ? bracket.below(base, factor) : OptionalInt.empty();
    if (isUpward && above.isPresent() || !isUpward && below.isEmpty() && above.isPresent()) {
      return tryOut(above.getAsInt(), "trying more");
    }
    if (below.isPresent()) {
      return tryOut(below.getAsInt(), "trying fewer");
    }
    return rest();
  }

  private OptionalInt above(Window window) {
    return bracket.above(base, factor, Math.min(bound, window.most()));
  }

  private boolean mayRise(Window window) {
    boolean isSlow = isLatencyTold && window.secondsPerFile() > SECONDS_PER_FILE_MOST;
    return !window.isCpuBusy() && !isSlow;
  }

  /** Busy processors that have a worker each, or less, are not idle for want of a lock. */
  private boolean mayFall(Window window) {
    return base > 1 && !(window.isCpuBusy() && base <= cpus);
  }

  private String tryOut(int workers, String why) {
    trial = workers;
    state = State.TRIAL;
    evidence.endTrial();
    return why;
  }

  private String judgeTrial(Window window) {
    evidence.addTrial(window.rate());
    double gain = evidence.gain();
    double least = trial > base ? GAIN : -(GAIN - given);
    boolean isClear = Math.abs(gain - least) > evidence.doubt();
    if (!isClear && evidence.trialWindows() < TRIAL_WINDOWS_MOST) {
      return "";
    }
    if (gain >= least) {
      return accept(window, gain);
    }
    boolean isAgain = retried == trial;
    retried = trial;
    return reject(gain, isClear || isAgain || gain <= 0);
  }

  private String accept(Window window, double gain) {
    boolean isMore = trial > base;
    double paid = (1 + gain) * base / trial;
    given = isMore ? 0 : Math.max(0, 1 - (1 - given) * (1 + gain));
    bracket.worse(base, trial);
    base = trial;
    isLook = false;
    hasClimbed = true;
    isUpward = isMore;
    factor = isMore && paid > FULL_PAY ? DOUBLE * DOUBLE : DOUBLE;
    holdAbove = HOLD_FIRST;
    holdBelow = HOLD_FIRST;
    evidence.acceptTrial();
    String next = tryNext(window);
    return state == State.TRIAL ? words(gain) + ", " + next : words(gain);
  }

  /**
   * @param isSure else it is tried once more, beside another window of the present number
   */
  private String reject(double gain, boolean isSure) {
    boolean isMore = trial > base;
    if (isSure) {
      bracket.worse(trial, base);
    }
    if (isMore) {
      holdAbove = Math.min(HOLD_MOST, holdAbove + HOLD_FIRST);
    } else {
      holdBelow = Math.min(HOLD_BELOW_MOST, holdBelow * (gain < -CHANGE ? 4 : 2));
    }
    isUpward = hasClimbed || !isSure ? isUpward : !isMore;
    evidence.endTrial();
    if (isLook) {
      rest();
    } else {
      state = State.SEARCH;
    }
    return words(gain) + ", back";
  }

  private static String words(double gain) {
    return String.format(Locale.ROOT, "%+.0f %% throughput", gain * 100);
  }

  private String rest() {
    state = State.HOLD;
    isLook = false;
    changed = 0;
    changedSum = 0;
    factor = DOUBLE;
    untilAbove = holdAbove;
    untilBelow = Math.max(untilBelow, holdBelow);
    return "holding";
  }

  private String hold(Window window) {
    if (!evidence.hasBase()) {
      evidence.addBase(window.rate());
      return "";
    }
    double change = window.rate() / evidence.base() - 1;
    if (isChanged(change)) {
      return changed(window, change);
    }
    changed = 0;
    changedSum = 0;
    evidence.addBase(window.rate());
    untilAbove--;
    untilBelow--;
    return look(window);
  }

  private boolean isChanged(double change) {
    return Math.abs(change) > Math.max(CHANGE, 3 * evidence.noise());
  }

  /** One odd window is chance; a second one is believed. */
  private String changed(Window window, double change) {
    boolean isSameSide = changed == 0 || changedSum > 0 == change > 0;
    changed = isSameSide ? changed + 1 : 1;
    changedSum = change;
    return changed < 2 ? "" : startOver(window, change);
  }

  /** What was found does not hold any more. */
  private String startOver(Window window, double change) {
    evidence.forgetBase();
    evidence.addBase(window.rate());
    bracket = Bracket.open();
    changed = 0;
    given = 0;
    holdAbove = HOLD_FIRST;
    holdBelow = HOLD_FIRST;
    hasClimbed = false;
    isUpward = change > 0;
    factor = change > 0 ? DOUBLE : 1 / CUT;
    return words(change) + " at an equal number, " + tryNext(window);
  }

  /** The world changes: what was worse once is tried again, a little. */
  private String look(Window window) {
    if (untilAbove <= 0 && mayRise(window)) {
      int above = Math.min(Math.min(bound, window.most()), Bracket.up(base, Bracket.step(looks++)));
      untilAbove = holdAbove;
      if (above > base) {
        bracket = Bracket.open();
        isUpward = true;
        hasClimbed = true;
        factor = AGAIN;
        isLook = true;
        return tryOut(above, "looking above");
      }
    }
    if (untilBelow <= 0 && mayFall(window)) {
      untilBelow = holdBelow;
      bracket = Bracket.open();
      isUpward = false;
      hasClimbed = true;
      factor = AGAIN;
      isLook = true;
      return tryOut(Bracket.down(base, Bracket.step(looks)), "looking below");
    }
    return "";
  }
}
