package io.admix.files.object;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A range of a body that gives exactly as many bytes as were told: a source that became shorter or
 * longer fails instead of becoming an object that is neither the old nor the new file.
 */
final class BodySlice implements Body {
  private final Body whole;
  private final long from;
  private final long size;
  private final String name;
  private volatile @Nullable BodyFailedException failure;

  BodySlice(Body whole, long from, long size, String name) {
    this.whole = whole;
    this.from = from;
    this.size = size;
    this.name = name;
  }

  @Override
  public long size() {
    return size;
  }

  /** Why it could not be read, or null. */
  @Nullable BodyFailedException failure() {
    return failure;
  }

  @Override
  public InputStream open(long start) throws IOException {
    try {
      boolean isLast = from + size == whole.size();
      return new Counted(whole.open(from + start), size - start, isLast);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private BodyFailedException failed(IOException e) {
    BodyFailedException known =
        e instanceof BodyFailedException already
            ? already
            : new BodyFailedException(name + " cannot be read: " + e.getMessage(), false);
    if (known != e) {
      known.initCause(e);
    }
    failure = known;
    return known;
  }

  private final class Counted extends FilterInputStream {
    private final boolean isLast;
    private long left;

    Counted(InputStream in, long left, boolean isLast) {
      super(in);
      this.left = left;
      this.isLast = isLast;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      try {
        if (left == 0) {
          requireEnd();
          return -1;
        }
        int count = in.read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) {
          throw new BodyFailedException(
              "%s became shorter while it was read: %,d of its %,d bytes are missing"
                  .formatted(name, left, whole.size()),
              true);
        }
        left -= count;
        requireEnd();
        return count;
      } catch (IOException e) {
        throw failed(e);
      }
    }

    @Override
    public long skip(long count) throws IOException {
      byte[] thrown = new byte[(int) Math.min(Math.max(count, 0), 8_192)];
      int skipped = thrown.length == 0 ? 0 : read(thrown, 0, thrown.length);
      return Math.max(skipped, 0);
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(in.available(), left);
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    /** Told with the last byte, before the store could take the request for whole. */
    private void requireEnd() throws IOException {
      if (left == 0 && isLast && in.read() >= 0) {
        throw new BodyFailedException(
            "%s became longer than its %,d bytes while it was read".formatted(name, whole.size()),
            true);
      }
    }
  }
}
