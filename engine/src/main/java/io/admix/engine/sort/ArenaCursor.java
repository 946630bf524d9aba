package io.admix.engine.sort;

/** Walks over a sorted arena. */
final class ArenaCursor implements RecordCursor {
  private final Arena arena;
  private int at = -1;

  ArenaCursor(Arena arena) {
    this.arena = arena;
  }

  @Override
  public boolean advance() {
    at++;
    return at < arena.count();
  }

  @Override
  public byte[] array() {
    return arena.bytes();
  }

  @Override
  public int offset() {
    return arena.start(at);
  }

  @Override
  public int length() {
    return arena.length(at);
  }

  @Override
  public void close() {}
}
