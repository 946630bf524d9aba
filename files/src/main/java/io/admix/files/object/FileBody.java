package io.admix.files.object;

import io.admix.files.CopyProgress;
import io.admix.files.Fault;
import io.admix.files.FileBytes;
import io.admix.files.Folder;
import io.admix.files.SourceChangedException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of one file, which must be as the plan saw it: looked at when it is opened, and again
 * when its last byte was read, before the store could take the request for whole.
 */
public final class FileBody implements Body {
  private final Folder folder;
  private final String name;
  private final Folder.Expected expected;

  /**
   * @param folder stays open as long as this is used
   */
  public FileBody(Folder folder, String name, Folder.Expected expected) {
    this.folder = folder;
    this.name = name;
    this.expected = expected;
  }

  @Override
  public long size() {
    return expected.size();
  }

  @Override
  public InputStream open(long from) throws IOException {
    try {
      return new Bytes(folder.bytes().open(name, expected), from);
    } catch (SourceChangedException e) {
      throw changed(e);
    }
  }

  private static BodyFailedException changed(SourceChangedException e) {
    return new BodyFailedException(String.valueOf(e.getMessage()), true);
  }

  private static final class Bytes extends InputStream {
    private final FileBytes.Open open;
    private long at;

    Bytes(FileBytes.Open open, long from) {
      this.open = open;
      this.at = from;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int got = open.read(into, offset, length, at);
      if (got < 0) {
        requireUnchanged();
        return -1;
      }
      at += got;
      CopyProgress.moved(got);
      return got;
    }

    private void requireUnchanged() throws Fault, BodyFailedException {
      try {
        open.requireUnchanged();
      } catch (SourceChangedException e) {
        throw changed(e);
      }
    }

    @Override
    public void close() {
      open.close();
    }
  }
}
