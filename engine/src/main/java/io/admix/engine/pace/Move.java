package io.admix.engine.pace;

/**
 * A change of the number of workers.
 *
 * @param why for people, as the end of "from 4 to 8 workers: …"
 */
public record Move(int from, int to, String why) {
  /** One sentence without a full stop. */
  public String inWords() {
    return "%d → %d workers: %s".formatted(from, to, why);
  }
}
