package io.admix.server.pages.compose;

import io.admix.engine.plan.PlannedFiles;

/** A page of the files that a plan chose. */
public record FilesView(String plan, PlannedFiles page) {
  static final int SIZE = 10;

  /** Place of the first one shown, from 1; 0 when there is none. */
  public long first() {
    return page.files().isEmpty() ? 0 : page.offset() + 1;
  }

  /** Place of the last one shown. */
  public long last() {
    return page.offset() + page.files().size();
  }

  public long previous() {
    return Math.max(0, page.offset() - SIZE);
  }

  public boolean hasPrevious() {
    return page.offset() > 0;
  }

  public boolean hasNext() {
    return last() < page.total();
  }
}
