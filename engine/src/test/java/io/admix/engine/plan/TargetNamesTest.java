package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.engine.sort.RecordCursor;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetNamesTest {
  @TempDir Path folder;

  /**
   * A search for the next free number from 1 on looks 5,000,000,000 times at 100,000 files; here
   * each entry is looked at twice, and each name that reads as a numbered one a few times more.
   */
  @ParameterizedTest
  @CsvSource({"1000, 4096", "100000, 67108864", "100000, 65536"})
  void filesOfOneName_areLookedAtAFixedNumberOfTimesEach(int files, int memoryBytes)
      throws Exception {
    Set<String> names = new HashSet<>();
    int originals = 0;
    int taken = 0;
    try (TargetNames target = new TargetNames(folder, memoryBytes)) {
      for (int i = 0; i < files; i++) {
        boolean isOriginal = i % 10 == 7;
        String name = isOriginal ? "x_" + (originals++ * 3 + 1) + ".txt" : "x.txt";
        if (isOriginal) {
          names.add(name);
        }
        target.add("", name, i);
      }
      names.add("x.txt");
      try (RecordCursor renamed = target.assign()) {
        while (renamed.advance()) {
          assertThat(names.add(TargetNames.name(renamed)))
              .as("%s is free", TargetNames.name(renamed))
              .isTrue();
          taken++;
        }
      }
      assertThat(target.looks()).isLessThanOrEqualTo(2L * (files + 1) + 3L * originals);
    }
    assertThat(names).hasSize(files);
    assertThat(taken).isEqualTo(files - originals - 1);
  }
}
