package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.catalog.CatalogSettings;
import io.admix.catalog.PostgresForTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One recipe, seed and catalogue give one plan, whatever the database's collation makes of names.
 */
class PlannerDatabasesTest {
  @TempDir Path folder;

  @Test
  void sqliteAndPostgresqlUnderEnglishCollation_giveOnePlan_byteForByte() throws Exception {
    List<String> paths = new ArrayList<>();
    List<String> stems =
        List.of(
            "a", "A", "ä", "z", "Z", "😀", "\uFFFD", "\uFB01", "_", "-", "é", "e\u0301", "ß", "ss",
            "x.txt", "x_1.txt");
    for (int i = 0; i < 3000; i++) {
      paths.add(
          stems.get(i % stems.size())
              + i / 500
              + "/"
              + stems.get(i / 7 % stems.size())
              + (i % 3 == 0 ? "" : i)
              + "/"
              + stems.get(i / 3 % stems.size()));
    }
    List<String> distinct = new ArrayList<>(new java.util.TreeSet<>(paths));
    long seed = System.nanoTime();
    String[] layouts = {"by-source", "flat", "sharded"};
    List<String> sqlite = new ArrayList<>();
    try (PlanKit kit = new PlanKit(folder)) {
      Collections.shuffle(distinct, new Random(seed));
      kit.register("d", distinct);
      for (String layout : layouts) {
        sqlite.add(withoutIds(kit.plan(yaml(layout)).text()));
      }
    }
    CatalogSettings settings = PostgresForTests.settings(Clock.systemUTC());
    Files.delete(folder.resolve("plan.jsonl"));
    try (PlanKit kit = new PlanKit(folder, settings)) {
      Collections.shuffle(distinct, new Random(seed + 1));
      kit.register("d", distinct);
      for (int i = 0; i < layouts.length; i++) {
        assertThat(withoutIds(kit.plan(yaml(layouts[i])).text()))
            .as("shuffled with %d, layout %s", seed, layouts[i])
            .isEqualTo(sqlite.get(i));
      }
    }
  }

  private static String yaml(String layout) {
    return "name: m\nseed: 4\ntotal: 900\non-error: replace\nlayout: "
        + layout
        + "\nsources:\n  - {dataset: d, weight: 1, exclude: ['**/z']}\n  - {dataset: d, weight: 2, name: more}\n";
  }

  /** Identifiers are drawn by each catalogue; with them goes the hash of the bytes. */
  private static String withoutIds(String plan) {
    return plan.replaceAll("\"row\":\"[^\"]+\"", "\"row\":\"\"")
        .replaceAll("\"datasetId\":\"[^\"]+\"", "\"datasetId\":\"\"")
        .replaceAll("\"fileSha256\":\"[^\"]+\"", "");
  }
}
