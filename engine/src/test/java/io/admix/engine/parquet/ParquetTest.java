package io.admix.engine.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetTest {
  private static final List<Column> COLUMNS =
      List.of(
          Column.text("t"),
          Column.number("n"),
          Column.text("tn").orNull(),
          Column.number("nn").orNull());

  @TempDir Path folder;

  private record Row(String text, long number, String textOrNull, Long numberOrNull) {}

  @Test
  void whatIsWritten_isReadAgain_acrossRowGroups() throws Exception {
    List<Row> rows = rows(3 * ParquetWriter.GROUP_ROWS + 17, new Random(4));
    ParquetWriter.Written written = write(folder.resolve("f"), rows);
    assertThat(written.rows()).isEqualTo(rows.size());
    assertThat(written.bytes()).isEqualTo(Files.size(folder.resolve("f")));
    try (ParquetReader reader = ParquetReader.open(folder.resolve("f"), COLUMNS, all())) {
      assertThat(reader.rows()).isEqualTo(rows.size());
      assertThat(reader.facts()).containsEntry("of", "a test");
      for (Row row : rows) {
        assertThat(reader.advance()).isTrue();
        assertThat(present(reader)).isEqualTo(row);
      }
      assertThat(reader.advance()).isFalse();
      assertThat(reader.checksum()).isEqualTo(written.crc32c());
    }
  }

  @Test
  void columnsThatAreAllNullOrNeverNull_noRows_andLongValues_areReadAgain() throws Exception {
    List<Row> none = List.of();
    List<Row> nulls = List.of(new Row("", 1, null, null), new Row("é", -1, null, null));
    List<Row> full = List.of(new Row("a", Long.MIN_VALUE, "x".repeat(20 << 20), 0L));
    for (List<Row> rows : List.of(none, nulls, full)) {
      Path file = folder.resolve("f" + rows.size() + rows.hashCode());
      write(file, rows);
      assertThat(read(file)).isEqualTo(rows);
    }
  }

  @Test
  void aNameThatIsTaken_isNotOverwritten() throws Exception {
    Files.writeString(folder.resolve("f"), "mine");
    assertThatThrownBy(() -> ParquetWriter.create(folder.resolve("f"), COLUMNS))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(folder.resolve("f")).hasContent("mine");
  }

  @Test
  void otherColumns_areRefused() throws Exception {
    write(folder.resolve("f"), rows(3, new Random(1)));
    assertThatThrownBy(
            () -> ParquetReader.open(folder.resolve("f"), List.of(Column.text("t")), Set.of()))
        .isInstanceOf(DamagedParquetException.class);
  }

  /** Damage is told as such or by the checksum; it never ends the program, and takes no memory. */
  @Test
  void eachByteThatIsChanged_andEachCut_isTold() throws Exception {
    Path file = folder.resolve("f");
    ParquetWriter.Written written = write(file, rows(200, new Random(9)));
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(3);
    Path damaged = folder.resolve("d");
    for (int i = 0; i < whole.length; i++) {
      byte[] bytes = whole.clone();
      bytes[i] ^= (byte) (1 + random.nextInt(255));
      Files.write(damaged, bytes);
      assertThat(isTold(damaged, written)).as("byte %d changed", i).isTrue();
    }
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(damaged, java.util.Arrays.copyOf(whole, length));
      assertThat(isTold(damaged, written)).as("cut to %d bytes", length).isTrue();
    }
  }

  private boolean isTold(Path file, ParquetWriter.Written written) throws IOException {
    try (ParquetReader reader = ParquetReader.open(file, COLUMNS, all())) {
      while (reader.advance()) {
        reader.length(0);
      }
      return reader.checksum() != written.crc32c();
    } catch (DamagedParquetException e) {
      return true;
    }
  }

  private static List<Row> rows(int count, Random random) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          new Row(
              "path-" + random.nextInt(),
              random.nextLong(),
              random.nextBoolean() ? null : "tags ü " + i,
              random.nextInt(50) > 0 ? null : (Long) random.nextLong()));
    }
    return rows;
  }

  private static ParquetWriter.Written write(Path file, List<Row> rows) throws IOException {
    try (ParquetWriter writer = ParquetWriter.create(file, COLUMNS)) {
      writer.fact("of", "a test");
      for (Row row : rows) {
        text(writer, 0, row.text);
        writer.number(1, row.number);
        if (row.textOrNull == null) {
          writer.none(2);
        } else {
          text(writer, 2, row.textOrNull);
        }
        if (row.numberOrNull == null) {
          writer.none(3);
        } else {
          writer.number(3, row.numberOrNull);
        }
        writer.endRow();
      }
      return writer.finish();
    }
  }

  private static void text(ParquetWriter writer, int column, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    writer.text(column, utf8, 0, utf8.length);
  }

  private static List<Row> read(Path file) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (ParquetReader reader = ParquetReader.open(file, COLUMNS, all())) {
      while (reader.advance()) {
        rows.add(present(reader));
      }
    }
    return rows;
  }

  private static Row present(ParquetReader reader) {
    return new Row(
        text(reader, 0),
        reader.number(1),
        reader.isNull(2) ? null : text(reader, 2),
        reader.isNull(3) ? null : (Long) reader.number(3));
  }

  private static String text(ParquetReader reader, int column) {
    return new String(
        reader.array(column), reader.offset(column), reader.length(column), StandardCharsets.UTF_8);
  }

  private static Set<Integer> all() {
    return Set.of(0, 1, 2, 3);
  }
}
