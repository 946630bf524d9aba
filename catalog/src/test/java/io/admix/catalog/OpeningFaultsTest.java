package io.admix.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that cannot be opened: the user is told why, in words, and nothing is changed. */
class OpeningFaultsTest {
  @TempDir Path folder;

  private CatalogSettings sqlite() {
    return SqliteForTests.settings(folder, Clock.systemUTC());
  }

  private Path madeFile() {
    Catalog.open(sqlite()).close();
    return folder.resolve("catalog.db");
  }

  @Test
  void aDamagedHeader_isTold() throws IOException {
    Path file = madeFile();
    overwrite(file, 0, "not a database at all, sorry".getBytes());
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> Catalog.open(sqlite()))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("damaged")
        .hasMessageContaining("backup");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void aFileCutShort_isTold() throws IOException {
    Path file = madeFile();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 3);
    }
    assertThatThrownBy(
            () -> {
              try (Catalog catalog = Catalog.open(sqlite())) {
                catalog.tasks().list();
              }
            })
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void aFolderInTheFilesPlace_isTold() throws IOException {
    Files.createDirectories(folder.resolve("catalog.db"));
    assertThatThrownBy(() -> Catalog.open(sqlite()))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("cannot be");
  }

  @Test
  void aServerThatIsNotThere_isTold() {
    CatalogSettings real = PostgresForTests.settings(Clock.systemUTC());
    assertThatThrownBy(
            () -> Catalog.open(with(real, "jdbc:postgresql://127.0.0.1:1/x?connectTimeout=1", "u")))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void aDatabaseThatIsNotThere_andAUserWhoIsNotKnown_areTold() {
    CatalogSettings real = PostgresForTests.settings(Clock.systemUTC());
    String other = real.url().replaceAll("/admix_\\d+", "/no_such_database");
    assertThatThrownBy(() -> Catalog.open(with(real, other, "postgres")))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("no_such_database");
    assertThatThrownBy(() ->
            Catalog.open(
                with(
                    real, real.url().replaceAll("user=\\w+", "user=no_such_user"), "no_such_user")))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("no_such_user");
  }

  @Test
  void aPostgresThatCanOnlyBeRead_isTold() {
    CatalogSettings real = PostgresForTests.settings(Clock.systemUTC());
    Catalog.open(real).close();
    String separator = real.url().contains("?") ? "&" : "?";
    CatalogSettings standby =
        with(
            real,
            real.url() + separator + "options=-c%20default_transaction_read_only=on",
            "postgres");
    try (Catalog catalog = Catalog.open(standby)) {
      assertThat(catalog.tasks().list()).isEmpty();
      assertThatThrownBy(() -> catalog.datasets().register("d", "/d", "TEXT").close())
          .isInstanceOf(CatalogException.class)
          .hasMessageContaining("only be read");
    }
  }

  @Test
  void manyProcessesThatOpenANewSqlite_allWork() throws Exception {
    assertThat(OpenInProcess.atOnce(3, sqlite())).allMatch("0 tasks: 0"::equals).hasSize(3);
  }

  @Test
  void manyProcessesThatOpenANewPostgres_allWork() throws Exception {
    assertThat(OpenInProcess.atOnce(3, PostgresForTests.settings(Clock.systemUTC())))
        .allMatch("0 tasks: 0"::equals)
        .hasSize(3);
  }

  private static CatalogSettings with(CatalogSettings real, String url, String user) {
    return new CatalogSettings(url, user, real.password(), real.zone(), real.clock());
  }

  private static void overwrite(Path file, long at, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), at);
    }
  }
}
