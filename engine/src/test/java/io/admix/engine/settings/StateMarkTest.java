package io.admix.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.admix.catalog.Catalog;
import io.admix.catalog.SqliteForTests;
import io.admix.engine.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateMarkTest {
  @TempDir Path folder;

  @Test
  void servicesOfOneCatalogue_mustShareTheirStateFolder() throws Exception {
    Path shared = Files.createDirectory(folder.resolve("shared"));
    Path other = Files.createDirectory(folder.resolve("other"));
    try (Catalog catalog = Catalog.open(SqliteForTests.settings(folder, Clock.systemUTC()))) {
      StateMark mark = new StateMark(shared, catalog.facts());
      mark.prove();
      assertThatCode(() -> new StateMark(shared, catalog.facts()).prove())
          .doesNotThrowAnyException();
      StateMark replica = new StateMark(other, catalog.facts());
      assertThatExceptionOfType(RefusedException.class)
          .isThrownBy(replica::prove)
          .withMessageContaining(other.toString())
          .withMessageContaining("admix.state-dir");
      assertThat(Files.list(other)).as("nothing is left in it").isEmpty();
      assertThat(replica.isThere()).isFalse();
      assertThat(mark.isThere()).isTrue();
      Files.move(shared.resolve(StateMark.FILE), other.resolve(StateMark.FILE));
      assertThat(mark.isThere()).as("its share is gone").isFalse();
      assertThatCode(replica::prove).as("the mark was carried over").doesNotThrowAnyException();
    }
  }

  @Test
  void aFolderThatAnotherCatalogueMarked_isRefused() throws Exception {
    Path shared = Files.createDirectory(folder.resolve("shared"));
    try (Catalog first = Catalog.open(SqliteForTests.settings(folder, Clock.systemUTC()))) {
      new StateMark(shared, first.facts()).prove();
    }
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path own = Files.createDirectory(folder.resolve("own"));
    try (Catalog second = Catalog.open(SqliteForTests.settings(elsewhere, Clock.systemUTC()))) {
      new StateMark(own, second.facts()).prove();
      assertThatExceptionOfType(RefusedException.class)
          .isThrownBy(() -> new StateMark(shared, second.facts()).prove())
          .withMessageContaining("another");
    }
  }
}
