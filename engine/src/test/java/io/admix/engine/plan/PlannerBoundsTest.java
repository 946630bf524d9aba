package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recipes at the ends of what is allowed. */
class PlannerBoundsTest {
  @TempDir Path folder;
  private PlanKit kit;

  @BeforeEach
  void open() throws Exception {
    kit = new PlanKit(folder);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private static List<String> files(int count) {
    return IntStream.range(0, count).mapToObj(i -> "d" + i % 1000 + "/f" + i).toList();
  }

  @Test
  void seedsAtBothEnds_areSeedsLikeOthers() throws Exception {
    kit.register("d", files(2000));
    List<String> shas = new ArrayList<>();
    for (long seed : new long[] {0, 1, (1L << 53) - 1}) {
      PlanKit.Planned planned =
          kit.plan("name: m\nseed: " + seed + "\nsources:\n  - {dataset: d, count: 100}\n");
      assertThat(planned.summary().seed()).isEqualTo(seed);
      assertThat(planned.mains()).hasSize(100);
      shas.add(planned.summary().sha256());
    }
    assertThat(shas).doesNotHaveDuplicates();
  }

  @Test
  void aWeightOfABillionth_getsItsFile() throws Exception {
    kit.register("d", files(3000));
    kit.register("e", files(10));
    PlanKit.Planned planned =
        kit.plan(
            "name: m\nseed: 1\ntotal: 2001\nsources:\n  - {dataset: d, weight: 0.000002}\n  - {dataset: e, weight: 1e-9}\n");
    assertThat(planned.paths(0)).hasSize(2000);
    assertThat(planned.paths(1)).hasSize(1);
    PlanKit.Planned none =
        kit.plan(
            "name: m\nseed: 1\ntotal: 2001\nsources:\n  - {dataset: d, weight: 1}\n  - {dataset: e, weight: 0.000000001}\n");
    assertThat(none.paths(1)).isEmpty();
    assertThat(none.summary().warnings())
        .anySatisfy(warning -> assertThat(warning).contains("source `e`").contains("gives 0 of"));
  }

  @Test
  void aThousandSourcesOnOneDataset_takeTheirFiles_inTheMemoryOfAFew() throws Exception {
    kit.register("d", files(4000));
    StringBuilder yaml = new StringBuilder("name: m\nseed: 1\non-error: replace\nsources:\n");
    for (int i = 0; i < 1000; i++) {
      yaml.append("  - {dataset: d, count: 2, include: ['d" + i + "/**', 'd0/**']}\n");
    }
    PlanKit.Planned planned = kit.plan(yaml.toString());
    assertThat(planned.mains()).hasSize(2000);
    assertThat(new HashSet<>(planned.mains().stream().map(e -> e.sourcePath()).toList()))
        .hasSize(2000);
    assertThat(planned.summary().sources().get(999).available()).isEqualTo(8);
  }

  @Test
  void aThousandFolders_areReadOneAfterTheOther() throws Exception {
    StringBuilder yaml = new StringBuilder("name: m\nseed: 1\nsources:\n");
    for (int i = 0; i < 1000; i++) {
      kit.file("data/s" + i + "/f", i);
      yaml.append("  - {path: data/s" + i + ", count: 1}\n");
    }
    PlanKit.Planned planned = kit.plan(yaml.toString());
    assertThat(planned.mains()).hasSize(1000);
    assertThat(planned.summary().bytes()).isEqualTo(999 * 1000 / 2);
  }
}
