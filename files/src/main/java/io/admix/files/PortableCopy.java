package io.admix.files;

import io.admix.files.Folder.Expected;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Copies one file under a temporary name and publishes it by a hard link, which never replaces.
 * {@code Files.copy} is not used: a kill would leave a truncated file under the final name. Each
 * copy is synced by itself, because NIO has no syncfs. On a file system without hard links this
 * cannot publish and ends with the link's fault.
 */
final class PortableCopy {
  private static final int BUFFER_BYTES = 256 * 1024;

  /** Setuid and setgid are not copied: the copy belongs to another owner. */
  private static final int COPIED_MODE = 01777;

  private static final ThreadLocal<ByteBuffer> BUFFER =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BUFFER_BYTES));

  private final Path source;
  private final Path temporary;
  private final Path target;
  private final Expected expected;

  PortableCopy(Path source, Path target, Expected expected) {
    this.source = source;
    this.temporary = target.resolveSibling(Temporaries.newName());
    this.target = target;
    this.expected = expected;
  }

  void run() throws IOException, SourceChangedException {
    requireExpected("before it was copied");
    BasicFileAttributes times =
        Files.readAttributes(source, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    boolean made = false;
    try (FileChannel in =
            FileChannel.open(source, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        FileChannel out =
            FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      made = true;
      long copied = copyBytes(in, out);
      if (copied != expected.size()) {
        throw new SourceChangedException(
            source + ": read " + copied + " bytes, expected " + expected.size());
      }
      requireExpected("while it was copied");
      copyAttributes(times);
      out.force(true);
    } catch (IOException | SourceChangedException | RuntimeException e) {
      if (made) {
        removeTemporary(e);
      }
      throw e;
    }
    publish();
  }

  private void publish() throws IOException {
    try {
      Files.createLink(target, temporary);
    } catch (IOException | RuntimeException e) {
      removeTemporary(e);
      throw e;
    }
    Files.delete(temporary);
  }

  private void removeTemporary(Exception first) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      first.addSuppressed(e);
    }
  }

  private void requireExpected(String when) throws IOException, SourceChangedException {
    Stat stat = PortableStats.of(source);
    if (!expected.matches(stat)) {
      throw SourceChangedException.of(source.toString(), when, expected, stat);
    }
  }

  private static long copyBytes(FileChannel in, FileChannel out) throws IOException {
    ByteBuffer buffer = BUFFER.get();
    long copied = 0;
    while (in.read(buffer.clear()) >= 0) {
      buffer.flip();
      CopyProgress.moved(buffer.remaining());
      while (buffer.hasRemaining()) {
        copied += out.write(buffer);
      }
    }
    return copied;
  }

  /** Mode, then times last: every later change of the file would set them again. */
  private void copyAttributes(BasicFileAttributes times) throws IOException {
    if (PortableStats.hasUnix(source)) {
      int mode = PortableStats.of(source).mode() & COPIED_MODE;
      Files.setAttribute(temporary, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
    }
    Files.getFileAttributeView(temporary, BasicFileAttributeView.class)
        .setTimes(times.lastModifiedTime(), times.lastAccessTime(), null);
  }
}
