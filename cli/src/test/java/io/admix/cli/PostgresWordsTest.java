package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PostgresWordsTest {

  private static byte[] message(char type, String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(5 + payload.length)
        .put((byte) type)
        .putInt(4 + payload.length)
        .put(payload)
        .array();
  }

  private static String nameOf(byte[]... messages) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    for (byte[] message : messages) {
      said.writeBytes(message);
    }
    return PostgresWords.nameOf(said.toByteArray());
  }

  @Test
  void wordsAreCalledByTheirStatements_whateverTheirValues() {
    assertThat(
            nameOf(
                message('P', "\0BEGIN\0\0\0"),
                message('B', "\0\0values"),
                message('P', "S_1\0INSERT INTO\n  t_files (id) VALUES ($1),($2)\0\0\0"),
                message('E', "\0")))
        .isEqualTo("BEGIN; INSERT INTO t_files");
    assertThat(nameOf(message('Q', "COMMIT\0"))).isEqualTo("COMMIT");
    assertThat(nameOf(message('B', "x\0"), message('B', "y\0"), message('S', ""))).isEqualTo("BS");
    assertThat(PostgresWords.nameOf(new byte[] {0, 0, 0, 9, 0, 3, 0, 0, 0})).isEqualTo("startup");
    byte[] whole = message('P', "\0SELECT 1 FROM t WHERE x = $1\0");
    assertThat(PostgresWords.nameOf(java.util.Arrays.copyOf(whole, 20))).startsWith("SELECT 1");
  }
}
