package io.admix.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCatalogOpeningTest extends CatalogOpeningContract {
  @TempDir Path folder;
  @TempDir Path another;

  @Override
  protected CatalogSettings newDatabase(Clock clock) {
    return SqliteForTests.settings(folder, clock);
  }

  @Override
  protected CatalogSettings anotherDatabase(Clock clock) {
    return SqliteForTests.settings(another, clock);
  }

  @Test
  void aNewFile_hasTheMeasuredPageSize_andALog() {
    assertThat(count("SELECT page_size FROM pragma_page_size")).isEqualTo(8_192);
    assertThat(count("SELECT journal_mode = 'wal' FROM pragma_journal_mode")).isEqualTo(1);
  }
}
