package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.files.FaultLayer;
import io.admix.files.FileAccess;
import io.admix.files.Operation;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names that are one where the target folds case. No such file system is needed: the layer folds.
 */
class FoldedNamesTest {
  @TempDir Path folder;
  private PlanKit kit;
  private final FaultLayer folding =
      new FaultLayer(FileAccess.portable())
          .around(
              Operation.STAT,
              (call, act) -> {
                // The scratch folder is there under another case too.
                if (!call.name().startsWith(".ADMIX-DOCTOR-")) {
                  act.run();
                }
              });

  @BeforeEach
  void open() throws Exception {
    kit = new PlanKit(folder);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private PlanSummary plan(FileAccess access, String layout, int count) throws Exception {
    String yaml =
        "name: m\nseed: 1\nlayout: %s\nsources:\n  - {path: data, count: %d}\n"
            .formatted(layout, count);
    return new Planner(kit.catalog, access, kit.folder.resolve("scratch"))
        .plan(
            new PlanRequest(kit.recipe(yaml), kit.folder, kit.folder.resolve("mix"), PlanKit.ZONE),
            kit.folder.resolve("p"),
            PlanProgress.SILENT);
  }

  @Test
  void twoNamesThatFoldToOne_areRefusedByName_onlyWhereTheTargetFolds() throws Exception {
    kit.file("data/x/Straße.txt", 1);
    kit.file("data/y/STRASSE.TXT", 2);
    kit.file("data/y/other", 3);
    assertThatThrownBy(() -> plan(folding, "flat", 3))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("does not tell upper from lower case")
        .hasMessageContaining("two names of the mix would be one")
        .hasMessageContaining("STRASSE.TXT and Straße.txt")
        .hasMessageContaining("`layout: by-source` or `sharded`")
        .hasMessageContaining("exclude");
    assertThat(kit.folder.resolve("p")).doesNotExist();
    kit.requireCleanScratch();
    PlanSummary apart = plan(folding, "by-source", 3);
    PlanSummary flat = plan(FileAccess.portable(), "flat", 3);
    assertThat(apart.entries()).isEqualTo(3);
    assertThat(flat.entries()).isEqualTo(3);
    assertThat(plan(FileAccess.portable(), "by-source", 3).sha256())
        .as("what is probed is no part of the plan")
        .isEqualTo(apart.sha256());
  }

  @Test
  void foldersThatFoldToOne_areRefusedToo_andTheFirstPairsAreShown() throws Exception {
    for (int i = 0; i < 10; i++) {
      kit.file("data/Up/deep/f" + i, 1);
      kit.file("data/up/deep/F" + i, 1);
    }
    assertThatThrownBy(() -> plan(folding, "by-source", 20))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("12 pairs of names")
        .hasMessageContaining("data/Up and data/up")
        .hasMessageContaining("… and 7 more");
  }

  @Test
  void foldingKnowsFormsAndSharpS() {
    assertThat(FoldedNames.fold("Ä")).isEqualTo(FoldedNames.fold("a\u0308"));
    assertThat(FoldedNames.fold("ß")).isEqualTo(FoldedNames.fold("SS"));
    assertThat(FoldedNames.fold("a")).isNotEqualTo(FoldedNames.fold("b"));
  }
}
