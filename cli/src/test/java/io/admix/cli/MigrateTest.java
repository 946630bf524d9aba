package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code admix migrate}: seen first, then done. */
class MigrateTest {
  @TempDir Path folder;

  @Test
  void whatIsPrinted_isDoneByWhoeverExecutesIt() throws Exception {
    Home home = Home.postgres(folder.resolve("home"));
    CommandRun printed = CommandRun.of(home, folder, "migrate", "--print");
    assertThat(printed.code()).as(printed.err()).isZero();
    assertThat(printed.out()).startsWith("CREATE SCHEMA IF NOT EXISTS admix;\n");
    assertThat(folder.resolve("home")).doesNotExist();
    try (Connection connection = home.connect();
        Statement statement = connection.createStatement()) {
      assertThat(
              statement.executeQuery("SELECT 1 FROM pg_namespace WHERE nspname = 'admix'").next())
          .as("nothing was done")
          .isFalse();
      statement.execute(printed.out());
    }
    CommandRun again = CommandRun.of(home, folder, "migrate", "--print");
    assertThat(again.out()).isEmpty();
    assertThat(again.err()).contains("nothing is to be done");
    assertThat(CommandRun.of(home, folder, "migrate").out()).contains("nothing was to be done");
  }

  @Test
  void aHomeThatIsNotThere_getsItsTables() throws Exception {
    CommandRun printed = CommandRun.of(folder, "migrate", "--print", "--json");
    valid(printed.out());
    assertThat(printed.out()).contains("\"executed\":false", "\"from\":0");
    assertThat(folder.resolve("home")).doesNotExist();
    assertThat(CommandRun.of(folder, "migrate").out()).contains("got the tables of schema");
    CommandRun done = CommandRun.of(folder, "migrate", "--json");
    valid(done.out());
    assertThat(done.out()).contains("\"executed\":false", "\"sql\":\"\"");
  }

  private static void valid(String answer) throws Exception {
    String schema = Files.readString(Repository.root().resolve("docs/schemas/migrate.json"));
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(answer, InputFormat.JSON))
        .isEmpty();
  }
}
