package io.admix.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What recording a batch costs, as the server counts it. */
class PostgresStatementsTest extends CatalogContract {
  private static final int BATCHES = 8;
  private PostgresAnswers answers;

  @Override
  protected CatalogSettings newDatabase(Clock clock) {
    try {
      CatalogSettings real = PostgresForTests.settings(clock);
      answers = PostgresAnswers.before(real);
      return answers.through(real);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void closeAnswers() throws IOException {
    answers.close();
  }

  @Test
  void aBatchIsOneCommit_andRowsGoInAtOnce() {
    Map<String, Integer> plain = saidFor(null, null);
    assertFew(plain);
    assertThat(plain).containsEntry("COPY", BATCHES);
  }

  @Test
  void aBatchOfCarriedRowsIsOneCommit_andRowsGoInAtOnce() {
    Dataset source = register("code", tagged("x/full.JSON"));
    Map<String, Integer> carried = saidFor(source.id(), ids(source).get("x/full.JSON"));
    assertFew(carried);
  }

  private Map<String, Integer> saidFor(String sourceDataset, String sourceRow) {
    Task task = create("mix");
    Tasks.Lease lease = placing(task);
    answers.said();
    for (int batch = 0; batch < BATCHES; batch++) {
      tasks.record(
          lease,
          List.of(
              rows(2 * batch, sourceDataset, sourceRow),
              rows(2 * batch + 1, sourceDataset, sourceRow)));
    }
    return answers.said();
  }

  private static RunRecord rows(long run, String sourceDataset, String sourceRow) {
    RunRecord.Row[] rows = new RunRecord.Row[1_024];
    for (int i = 0; i < rows.length; i++) {
      rows[i] =
          new RunRecord.Row(
              "d/run%d-%04d".formatted(run, i), 5, MODIFIED, sourceDataset, sourceRow);
    }
    return run(run, rows);
  }

  /** Fence, task, receipts, rows; the fewer round trips the better, and none for each row. */
  private static void assertFew(Map<String, Integer> said) {
    assertThat(said).containsEntry("COMMIT", BATCHES);
    assertThat(said).containsEntry("BEGIN", BATCHES);
    int statements =
        said.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(PostgresAnswers.ROUND_TRIP))
            .mapToInt(Map.Entry::getValue)
            .sum();
    assertThat(statements).as(said.toString()).isLessThanOrEqualTo(6 * BATCHES);
    assertThat(said.get(PostgresAnswers.ROUND_TRIP)).isLessThanOrEqualTo(6 * BATCHES);
  }
}
