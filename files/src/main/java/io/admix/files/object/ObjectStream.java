package io.admix.files.object;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one object, exactly those that were planned: pinned to its entity tag, read on where
 * a connection broke off, and checked at the end. The end of the stream is only told when size and
 * checksum are right; every failure is an {@link ObjectFault}: PRECONDITION when the object is no
 * longer the planned one, CORRUPTED when the bytes do not have their checksum. For one thread.
 */
public final class ObjectStream extends InputStream {
  /** So many connections in a row that bring no byte are no accident. */
  private static final int EMPTY_MAX = 4;

  private static final String GET = "GetObject";

  private final ObjectStore store;
  private final ObjectKey object;
  private final ObjectExpected expected;
  private final @Nullable Checksum checksum;
  private final @Nullable Digesting digest;
  private InputStream bytes;
  private long position;
  private int emptyInRow;
  private boolean isChecked;

  private ObjectStream(
      ObjectStore store, ObjectKey object, ObjectExpected expected, ObjectStore.Reading first) {
    this.store = store;
    this.object = object;
    this.expected = expected;
    this.bytes = first.bytes();
    this.checksum = first.head().checksum();
    this.digest = checksum == null ? null : Digesting.of(checksum.algorithm());
  }

  /**
   * Opens an object; the caller closes.
   *
   * @param expected what the plan saw
   * @throws ObjectFault PRECONDITION when the object is another one by now
   */
  public static ObjectStream open(ObjectStore store, ObjectKey object, ObjectExpected expected)
      throws ObjectFault {
    ObjectStore.Reading first = store.open(object, expected.etag(), 0);
    ObjectStat stat = first.head().stat();
    if (!expected.matches(stat)) {
      closeQuietly(first.bytes());
      throw new ObjectFault(
          GET, FaultKind.PRECONDITION, object.toString(), expected.difference(stat));
    }
    return new ObjectStream(store, object, expected, first);
  }

  /**
   * By which checksum the bytes are compared with what the store keeps; empty where it keeps none,
   * and only size and entity tag are.
   */
  public Optional<Checksum.Algorithm> checkedBy() {
    return Optional.ofNullable(checksum).map(Checksum::algorithm);
  }

  @Override
  public int read() throws ObjectFault {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws ObjectFault {
    if (length == 0) {
      return 0;
    }
    while (position < expected.size()) {
      int count = readOnce(into, offset, (int) Math.min(length, expected.size() - position));
      if (count > 0) {
        position += count;
        emptyInRow = 0;
        if (digest != null) {
          digest.update(into, offset, count);
        }
        return count;
      }
    }
    check();
    return -1;
  }

  /** Bytes that came, or 0 when the connection broke off and another one was opened. */
  private int readOnce(byte[] into, int offset, int length) throws ObjectFault {
    String why;
    try {
      int count = bytes.read(into, offset, length);
      if (count > 0) {
        return count;
      }
      why = "it ended after %,d of %,d bytes".formatted(position, expected.size());
    } catch (IOException e) {
      why = String.valueOf(e.getMessage());
    }
    goOn(why);
    return 0;
  }

  private void goOn(String why) throws ObjectFault {
    closeQuietly(bytes);
    emptyInRow++;
    if (Thread.currentThread().isInterrupted()) {
      throw new ObjectFault(GET, FaultKind.INTERRUPTED, object.toString(), why);
    }
    if (emptyInRow > EMPTY_MAX) {
      throw new ObjectFault(GET, FaultKind.NO_ANSWER, object.toString(), why);
    }
    ObjectStore.Reading rest = store.open(object, expected.etag(), position);
    bytes = rest.bytes();
    if (rest.head().stat().size() != expected.size()) {
      throw new ObjectFault(
          GET,
          FaultKind.CORRUPTED,
          object.toString(),
          "asked for the range from byte %,d, the store gave another one".formatted(position));
    }
  }

  private void check() throws ObjectFault {
    if (isChecked) {
      return;
    }
    String found = digest == null ? null : digest.value();
    if (checksum != null && found != null && !found.equals(checksum.value())) {
      throw new ObjectFault(
          GET,
          FaultKind.CORRUPTED,
          object.toString(),
          "%s of what came is %s, the store keeps %s"
              .formatted(checksum.algorithm().word(), found, checksum.value()));
    }
    isChecked = true;
  }

  @Override
  public void close() {
    closeQuietly(bytes);
  }

  private static void closeQuietly(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // Nothing was written to it, and its bytes are counted and checked.
      return;
    }
  }
}
