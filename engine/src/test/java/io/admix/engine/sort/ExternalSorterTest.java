package io.admix.engine.sort;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalSorterTest {
  @TempDir Path folder;

  @RepeatedTest(60)
  void theOrderIsThatOfASortInMemory() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<byte[]> records = records(random, random.nextInt(4000));
    int memory = 200 + random.nextInt(60_000);
    try (ExternalSorter sorter = new ExternalSorter(folder, memory)) {
      for (byte[] record : records) {
        byte[] padded = new byte[record.length + 7];
        System.arraycopy(record, 0, padded, 3, record.length);
        sorter.add(padded, 3, record.length);
      }
      List<byte[]> expected = new ArrayList<>(records);
      expected.sort(Arrays::compareUnsigned);
      for (int time = 0; time < 2; time++) {
        assertThat(read(sorter))
            .as("seed %d, memory %d", seed, memory)
            .usingElementComparator(Arrays::compareUnsigned)
            .containsExactlyElementsOf(expected);
      }
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void whatFitsInMemory_neverTouchesTheDisk() throws IOException {
    try (ExternalSorter sorter = new ExternalSorter(folder, 1 << 20)) {
      for (byte[] record : records(new Random(1), 1000)) {
        sorter.add(record, 0, record.length);
      }
      read(sorter);
      assertThat(sorter.runsOnDisk()).isZero();
      assertThat(left()).isEmpty();
    }
  }

  @Test
  void manyRuns_areMergedInSeveralSteps() throws IOException {
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      records.add(("record " + i).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    Collections.shuffle(records, new Random(2));
    try (ExternalSorter sorter = new ExternalSorter(folder, 512)) {
      for (byte[] record : records) {
        sorter.add(record, 0, record.length);
      }
      assertThat(sorter.runsOnDisk()).isGreaterThan(500);
      records.sort(Arrays::compareUnsigned);
      assertThat(read(sorter))
          .usingElementComparator(Arrays::compareUnsigned)
          .containsExactlyElementsOf(records);
      assertThat(sorter.runsOnDisk()).isLessThanOrEqualTo(2);
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void nothing_isSortedToNothing() throws IOException {
    try (ExternalSorter sorter = new ExternalSorter(folder, 1)) {
      assertThat(read(sorter)).isEmpty();
    }
  }

  /** Few distinct bytes and shared beginnings: ties, prefixes and zeros are frequent. */
  private static List<byte[]> records(Random random, int count) {
    byte[] alphabet = {0, 1, 'a', 'b', '/', (byte) 0x80, (byte) 0xff};
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (i > 0 && random.nextInt(3) == 0) {
        byte[] other = records.get(random.nextInt(i));
        records.add(Arrays.copyOf(other, Math.max(0, other.length + random.nextInt(12) - 6)));
      } else {
        byte[] record = new byte[random.nextInt(random.nextInt(20) == 0 ? 600 : 30)];
        for (int j = 0; j < record.length; j++) {
          record[j] = alphabet[random.nextInt(alphabet.length)];
        }
        records.add(record);
      }
    }
    return records;
  }

  private static List<byte[]> read(ExternalSorter sorter) throws IOException {
    List<byte[]> records = new ArrayList<>();
    try (RecordCursor cursor = sorter.read()) {
      while (cursor.advance()) {
        records.add(
            Arrays.copyOfRange(cursor.array(), cursor.offset(), cursor.offset() + cursor.length()));
      }
    }
    return records;
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
