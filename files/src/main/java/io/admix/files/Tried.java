package io.admix.files;

import org.jspecify.annotations.Nullable;

/**
 * What came of trying something between two folders.
 *
 * @param errno of the refusal, else null
 * @param words why it was refused or not tried, for people; else empty
 */
public record Tried(State state, @Nullable Errno errno, String words) {

  /** How it ended. */
  public enum State {
    WORKS,
    REFUSED,
    /** It was not tried, or what came of it says nothing of other files. */
    UNKNOWN
  }

  public static final Tried WORKS = new Tried(State.WORKS, null, "");

  static Tried refused(Fault fault) {
    Errno errno = fault.errno();
    // The path of the scratch folder says nothing to anybody.
    String words =
        errno == Errno.OTHER
            ? String.valueOf(fault.getMessage())
            : errno.words() + " (" + errno + ")";
    return new Tried(State.REFUSED, errno, words);
  }

  /** Not tried, and why. */
  public static Tried unknown(String words) {
    return new Tried(State.UNKNOWN, null, words);
  }

  public boolean isWorking() {
    return state == State.WORKS;
  }

  public boolean isRefused() {
    return state == State.REFUSED;
  }
}
