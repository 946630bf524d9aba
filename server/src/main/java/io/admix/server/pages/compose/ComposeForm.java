package io.admix.server.pages.compose;

import java.util.List;

/**
 * A recipe as the form has it, finished or not; "" is what was left empty.
 *
 * @param totalKind max, files, or counts: their sum
 * @param total as it was typed
 * @param edits shared or own: whether an edit of an original may change the mix
 * @param link methods in their order, by commas; decides instead of {@code edits}
 */
public record ComposeForm(
    String name,
    String seed,
    String totalKind,
    String total,
    String layout,
    String edits,
    String link,
    String onShortage,
    String onError,
    List<ComposeRow> rows) {

  /** Rows that one page shows. */
  static final int ROWS_MOST = 60;

  static final String MAX = "max";
  static final String FILES = "files";
  static final String COUNTS = "counts";
  static final String SHARED = "shared";
  static final String OWN = "own";
  static final String BY_SOURCE = "by-source";
  static final String FAIL = "fail";

  public ComposeForm {
    rows = List.copyOf(rows);
  }

  /** One that asks for as much as these datasets allow. */
  static ComposeForm of(List<ComposeRow> rows) {
    return new ComposeForm("", "", MAX, "", BY_SOURCE, SHARED, "", FAIL, FAIL, rows);
  }

  /** The same under another name. */
  ComposeForm named(String other) {
    return new ComposeForm(
        other, seed, totalKind, total, layout, edits, link, onShortage, onError, rows);
  }

  /** The same without a seed: another draw. */
  ComposeForm withoutSeed() {
    return new ComposeForm(
        name, "", totalKind, total, layout, edits, link, onShortage, onError, rows);
  }

  /** Whether what few change was changed. */
  public boolean hasAdvanced() {
    return !seed.isEmpty() || !layout.equals(BY_SOURCE) || !link.isEmpty() || !onError.equals(FAIL);
  }
}
