package io.admix.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.files.Folder.Expected;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for the bytes of files, by every {@link FileAccess}. */
public abstract class FileBytesContract {
  private static final long TIME = 1_700_000_000_123_456_789L;

  @TempDir Path directory;
  private Folder folder;
  private FileBytes bytes;

  /** The access under test. */
  protected abstract FileAccess access();

  @BeforeEach
  void open() throws Exception {
    folder = access().open(directory);
    bytes = folder.bytes();
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private Expected given(String name, byte[] content) throws IOException {
    Files.write(directory.resolve(name), content);
    Stat stat = folder.stat(name);
    return new Expected(stat.inode(), stat.size(), stat.modifiedNs());
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static InputStream stream(byte[] content) {
    return new ByteArrayInputStream(content);
  }

  private String[] names() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(p -> p.getFileName().toString()).sorted().toArray(String[]::new);
    }
  }

  private byte[] readAll(FileBytes.Open open, long from) throws Fault {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = new byte[70_000];
    long at = from;
    for (int got = open.read(piece, 0, piece.length, at);
        got >= 0;
        got = open.read(piece, 0, piece.length, at)) {
      all.write(piece, 0, got);
      at += got;
    }
    return all.toByteArray();
  }

  @Test
  void aFile_isReadFromAnyPlace() throws Exception {
    byte[] content = random(700_001);
    try (FileBytes.Open open = bytes.open("a", given("a", content))) {
      assertThat(readAll(open, 0)).isEqualTo(content);
      assertThat(readAll(open, 699_999)).containsExactly(content[699_999], content[700_000]);
      open.requireUnchanged();
    }
  }

  @Test
  void anEmptyFile_isReadAndWritten() throws Exception {
    try (FileBytes.Open open = bytes.open("a", given("a", new byte[0]))) {
      assertThat(open.read(new byte[1], 0, 1, 0)).isEqualTo(-1);
      open.requireUnchanged();
    }
    assertThat(bytes.write("b", stream(new byte[0]), 0, TIME).size()).isZero();
  }

  @Test
  void aFileThatIsNotAsExpected_isNotOpened() throws Exception {
    Expected expected = given("a", random(10));
    Files.write(directory.resolve("a"), random(11));
    assertThatThrownBy(() -> bytes.open("a", expected))
        .isInstanceOf(SourceChangedException.class)
        .hasMessageContaining("before it was read")
        .hasMessageContaining("11 bytes");
  }

  @Test
  void aFileThatChangesWhileItIsRead_isTold() throws Exception {
    Expected expected = given("a", random(10));
    try (FileBytes.Open open = bytes.open("a", expected)) {
      readAll(open, 0);
      Files.setLastModifiedTime(directory.resolve("a"), FileTime.from(Instant.EPOCH));
      assertThatThrownBy(open::requireUnchanged)
          .isInstanceOf(SourceChangedException.class)
          .hasMessageContaining("while it was read");
    }
  }

  @Test
  void aSymbolicLink_isNotFollowed() throws Exception {
    Expected expected = given("a", random(10));
    Files.createSymbolicLink(directory.resolve("link"), Path.of("a"));
    assertThatThrownBy(() -> bytes.open("link", expected))
        .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.errno()).isEqualTo(Errno.ELOOP));
  }

  @Test
  void whatIsWritten_hasBytesTimeAndTheModeOfTheUmask() throws Exception {
    byte[] content = random(600_000);
    Stat made = bytes.write("b", stream(content), content.length, TIME);
    Path file = directory.resolve("b");
    assertThat(Files.readAllBytes(file)).isEqualTo(content);
    assertThat(Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS)).isEqualTo(TIME);
    assertThat(made).isEqualTo(folder.stat("b"));
    Path plain = Files.writeString(directory.resolve("plain"), "");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo(PosixFilePermissions.toString(Files.getPosixFilePermissions(plain)));
    assertThat(names()).containsExactly("b", "plain");
  }

  @Test
  void aTakenName_isNeverReplaced() throws Exception {
    Files.writeString(directory.resolve("b"), "mine", StandardCharsets.UTF_8);
    assertThatThrownBy(() -> bytes.write("b", stream(random(3)), 3, TIME))
        .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.errno()).isEqualTo(Errno.EEXIST));
    assertThat(directory.resolve("b")).hasContent("mine");
    assertThat(names()).containsExactly("b");
  }

  @Test
  void aStreamThatGivesAnotherNumberOfBytes_leavesNothing() throws Exception {
    for (int told : new int[] {99, 101}) {
      assertThatThrownBy(() -> bytes.write("b", stream(random(100)), told, TIME))
          .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.errno()).isEqualTo(Errno.EIO));
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void whatTheStreamThrows_comesThrough_andNothingIsLeft() throws Exception {
    IOException broken = new IOException("the connection broke off");
    InputStream in =
        new InputStream() {
          private int given;

          @Override
          public int read() throws IOException {
            if (given++ > 5) {
              throw broken;
            }
            return 1;
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            into[offset] = (byte) read();
            return 1;
          }
        };
    assertThatThrownBy(() -> bytes.write("b", in, 100, TIME)).isSameAs(broken);
    assertThat(names()).isEmpty();
  }
}
