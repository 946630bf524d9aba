package io.admix.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/**
 * Bytes of files by NIO. As with copies, the name is looked at before and after, and what is
 * written is synced by itself.
 */
final class PortableBytes implements FileBytes {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final PortableFolder folder;

  PortableBytes(PortableFolder folder) {
    this.folder = folder;
  }

  @Override
  public Open open(String name, Folder.Expected expected) throws Fault, SourceChangedException {
    Path path = folder.at("open", name);
    Stat stat = folder.stat(name);
    if (stat.kind() == Stat.Kind.SYMLINK) {
      throw new Fault("open", Errno.ELOOP, path.toString(), "it is " + stat.kind().words());
    }
    require(path, expected, stat, "before it was read");
    try {
      return new Opened(
          FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS),
          path,
          expected);
    } catch (IOException e) {
      throw PortableFaults.of("open", path.toString(), e);
    }
  }

  private static void require(Path path, Folder.Expected expected, Stat found, String when)
      throws SourceChangedException {
    if (!expected.matches(found)) {
      throw SourceChangedException.of(path.toString(), when, expected, found);
    }
  }

  private record Opened(FileChannel channel, Path path, Folder.Expected expected) implements Open {
    @Override
    public int read(byte[] into, int offset, int length, long at) throws Fault {
      try {
        return channel.read(ByteBuffer.wrap(into, offset, length), at);
      } catch (IOException e) {
        throw PortableFaults.of("read", path.toString(), e);
      }
    }

    @Override
    public void requireUnchanged() throws Fault, SourceChangedException {
      Stat now;
      try {
        now = PortableStats.of(path);
      } catch (IOException e) {
        throw PortableFaults.of("stat", path.toString(), e);
      }
      require(path, expected, now, "while it was read");
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        // Nothing was written to it.
        return;
      }
    }
  }

  @Override
  public Stat write(String name, InputStream bytes, long size, long modifiedNs) throws IOException {
    Path target = folder.at("write", name);
    Path temporary = target.resolveSibling(Temporaries.newName());
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new Fault("write", Errno.EEXIST, target.toString(), Errno.EEXIST.words());
    }
    boolean made = false;
    try (FileChannel out = create(temporary)) {
      made = true;
      fill(out, bytes, size, target);
      out.force(true);
    } catch (IOException | RuntimeException e) {
      if (made) {
        Files.deleteIfExists(temporary);
      }
      throw e;
    }
    try {
      Files.getFileAttributeView(temporary, BasicFileAttributeView.class)
          .setTimes(FileTime.from(modifiedNs, TimeUnit.NANOSECONDS), null, null);
      Files.createLink(target, temporary);
    } catch (IOException e) {
      throw PortableFaults.of("write", target.toString(), e);
    } catch (UnsupportedOperationException e) {
      throw new Fault("write", Errno.EOPNOTSUPP, target.toString(), String.valueOf(e.getMessage()));
    } finally {
      Files.deleteIfExists(temporary);
    }
    return folder.stat(name);
  }

  private static FileChannel create(Path temporary) throws Fault {
    try {
      return FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw PortableFaults.of("write", temporary.toString(), e);
    }
  }

  private static void fill(FileChannel out, InputStream bytes, long size, Path target)
      throws IOException {
    byte[] buffer = new byte[(int) Math.clamp(size, 1, BUFFER_BYTES)];
    long done = 0;
    for (int got = bytes.read(buffer); got >= 0; got = bytes.read(buffer)) {
      done += got;
      if (done > size) {
        break;
      }
      writeAll(out, ByteBuffer.wrap(buffer, 0, got), target);
      CopyProgress.moved(got);
    }
    requireSize(target.toString(), done, size);
  }

  private static void writeAll(FileChannel out, ByteBuffer bytes, Path target) throws Fault {
    try {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw PortableFaults.of("write", target.toString(), e);
    }
  }

  private static void requireSize(String shown, long done, long size) throws Fault {
    if (done != size) {
      throw new Fault(
          "write",
          Errno.EIO,
          shown,
          done > size
              ? "more than the %,d bytes that were told came".formatted(size)
              : "%,d bytes came, %,d were told".formatted(done, size));
    }
  }
}
