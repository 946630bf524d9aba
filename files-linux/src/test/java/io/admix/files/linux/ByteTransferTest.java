package io.admix.files.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.admix.files.Errno;
import io.admix.files.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ByteTransferTest {
  private static final int AT_FDCWD = -100;
  private static final int SIZE = 1_000_003;

  @TempDir Path directory;
  private final Abi abi = Abi.current().orElseThrow();

  /** One way of moving the bytes. */
  private interface Way {
    long move(ByteTransfer transfer) throws Fault;
  }

  private void assertMoves(Way way, int size) throws Exception {
    long seed = new Random().nextLong();
    byte[] bytes = new byte[SIZE];
    new Random(seed).nextBytes(bytes);
    Path from = Files.write(directory.resolve("from"), bytes);
    Path to = directory.resolve("to");
    Files.deleteIfExists(to);
    int in = open(from, Abi.O_RDONLY);
    int out = open(to, Abi.O_WRONLY | Abi.O_CREAT);
    try {
      assertThat(way.move(new ByteTransfer(abi, in, out, "to"))).isEqualTo(Math.min(size, SIZE));
    } finally {
      close(in);
      close(out);
    }
    assertThat(Files.readAllBytes(to))
        .as("seed " + seed)
        .isEqualTo(java.util.Arrays.copyOf(bytes, Math.min(size, SIZE)));
  }

  private int open(Path path, int flags) throws Fault {
    Scratch scratch = Scratch.get();
    long name = scratch.first("openat", path.toString());
    long fd = Syscalls.call(scratch, abi.openat, AT_FDCWD, name, flags, 0644, 0, 0);
    LinuxFaults.check("openat", path.toString(), fd);
    return (int) fd;
  }

  private void close(int fd) {
    new Resolver(abi).close(fd);
  }

  @Test
  void everyWayMovesAllBytes() throws Exception {
    assertMoves(transfer -> transfer.run(SIZE), SIZE);
    assertMoves(transfer -> transfer.range(SIZE), SIZE);
    assertMoves(transfer -> transfer.send(SIZE), SIZE);
    assertMoves(transfer -> transfer.readAndWrite(SIZE), SIZE);
  }

  @Test
  void everyWayStopsAtTheSizeAskedFor_andAtTheEnd() throws Exception {
    for (int size : new int[] {0, 1, SIZE - 1, SIZE + 1}) {
      assertMoves(transfer -> transfer.run(size), size);
      assertMoves(transfer -> transfer.range(size), size);
      assertMoves(transfer -> transfer.send(size), size);
      assertMoves(transfer -> transfer.readAndWrite(size), size);
    }
  }

  @Test
  void aKernelFileWithoutSizeIsReadByALaterWay() throws Exception {
    Path version = Path.of("/proc/version");
    assumeThat(version).exists();
    int in = open(version, Abi.O_RDONLY);
    int out = open(directory.resolve("to"), Abi.O_WRONLY | Abi.O_CREAT);
    try {
      assertThat(new ByteTransfer(abi, in, out, "to").run(10)).isEqualTo(10);
    } finally {
      close(in);
      close(out);
    }
    assertThat(directory.resolve("to")).hasContent(Files.readString(version).substring(0, 10));
  }

  @Test
  void aFullDeviceIsEnospc() throws Exception {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    int in = open(Files.write(directory.resolve("from"), new byte[100]), Abi.O_RDONLY);
    int out = open(full, Abi.O_WRONLY);
    try {
      Fault fault =
          catchThrowableOfType(Fault.class, () -> new ByteTransfer(abi, in, out, "to").run(100));
      assertThat(fault.errno()).isEqualTo(Errno.ENOSPC);
    } finally {
      close(in);
      close(out);
    }
  }
}
