package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.core.plan.PlanOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chosen files are looked at by several threads; the plan is the same. */
class LookersTest {
  /** Fewer than a batch, more than the largest one, and much more. */
  private static final int[] FOLDERS = {3, 200, 57, 1_500, 256, 1, 2_100, 300};

  @TempDir Path folder;
  private PlanKit kit;

  @BeforeEach
  void open() throws Exception {
    kit = new PlanKit(folder);
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < FOLDERS.length; i++) {
      for (int k = 0; k < FOLDERS[i]; k++) {
        paths.add("d%d/f%04d".formatted(i, k));
      }
    }
    kit.register("rows", paths);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void entriesStandInTheirOrder_whoeverLookedAtThem() throws Exception {
    PlanKit.Planned plan =
        kit.plan("name: m\nseed: 1\nsources:\n  - {dataset: rows, count: 4417}\n");
    assertThat(plan.mains()).hasSize(4_417).isSortedAccordingTo(PlanOrder.CANONICAL);
    assertThat(plan.mains()).doesNotHaveDuplicates();
    assertThat(plan.summary().unseen()).isEqualTo(4_417);
  }
}
