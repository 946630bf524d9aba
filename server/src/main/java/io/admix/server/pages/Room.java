package io.admix.server.pages;

/** The parts of the pages, in the order of the menu. */
public enum Room {
  DATASETS("/datasets"),
  COMPOSE("/compose"),
  TASKS("/tasks"),
  SYSTEM("/system");

  private final String path;

  Room(String path) {
    this.path = path;
  }

  /** Where it begins. */
  public String path() {
    return path;
  }

  /** What its words begin with. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
