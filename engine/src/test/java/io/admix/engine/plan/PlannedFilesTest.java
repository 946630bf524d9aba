package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.engine.plan.PlannedFiles.PlannedFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan's files a page at a time. */
class PlannedFilesTest {
  private static final int FILES = 30;

  @TempDir Path folder;

  @Test
  void pagesTogether_areThePlanWithoutItsReserves() throws Exception {
    try (PlanKit kit = new PlanKit(folder)) {
      List<String> paths = new ArrayList<>();
      for (int i = 0; i < FILES; i++) {
        paths.add("in%d/f%d".formatted(i % 4, i));
      }
      kit.register("d", paths);
      PlanKit.Planned planned =
          kit.plan(
              "name: m\nseed: 1\ntotal: 17\non-error: replace\nsources:\n  - {dataset: d, percent: 100}\n");
      List<PlannedFile> all = new ArrayList<>();
      try (SealedPlan plan = SealedPlan.open(folder.resolve("plan.jsonl"))) {
        for (int offset = 0; offset < 20; offset += 4) {
          PlannedFiles page = PlannedFiles.read(plan, offset, 4);
          assertThat(page.total()).isEqualTo(17);
          assertThat(page.files()).hasSize(Math.clamp(17 - offset, 0, 4));
          all.addAll(page.files());
        }
        assertThat(PlannedFiles.read(plan, 99, 4).files()).isEmpty();
        assertThatThrownBy(() -> PlannedFiles.read(plan, -1, 4))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThat(all).extracting(PlannedFile::target).isEqualTo(planned.targets());
      assertThat(all).allMatch(file -> file.target().equals("d/" + file.path()));
      assertThat(all).extracting(PlannedFile::source).containsOnly("d");
    }
  }
}
