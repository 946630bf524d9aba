package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code admix spark}: a line to copy. */
class SparkCommandTest {
  private static final String JAR = "admix.spark.jar";

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("spark.jar"), "");
    System.setProperty(JAR, folder.resolve("spark.jar").toString());
    Files.writeString(
        folder.resolve("my recipe.yaml"),
        """
        name: mix
        total: 10
        target: out
        sources:
          - {name: a, path: a, weight: 1}
        """);
  }

  @AfterEach
  void forget() {
    System.clearProperty(JAR);
  }

  @Test
  void theLineIsOneThatAShellTakes() {
    CommandRun run =
        CommandRun.of(folder, "spark", "my recipe.yaml", "--master", "yarn", "--seed", "7");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("spark-submit \\\n  --class io.admix.spark.Main \\\n  --master yarn \\\n")
        .contains(folder.resolve("spark.jar") + " '" + folder.resolve("my recipe.yaml") + "' \\\n")
        .contains("--home " + folder.resolve("home"))
        .endsWith("--seed 7\n");
    assertThat(run.err()).contains(folder.resolve("home/state").toString(), "SQLite");
    assertThat(folder.resolve("home")).as("nothing is made").doesNotExist();
  }

  @Test
  void theAnswerInJsonIsTheWords() throws Exception {
    CommandRun run = CommandRun.of(folder, "spark", "my recipe.yaml", "--work", "w", "--json");
    assertThat(run.out())
        .contains("[\"spark-submit\",\"--class\"", "\"--work\",\"" + folder.resolve("w") + "\"");
    String schema = Files.readString(Repository.root().resolve("docs/schemas/spark.json"));
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(run.out(), InputFormat.JSON))
        .isEmpty();
  }

  @Test
  void whatIsWrong_isToldBeforeAnybodySubmitsIt() throws Exception {
    assertThat(CommandRun.of(folder, "spark", "none.yaml").code()).isEqualTo(2);
    CommandRun seed = CommandRun.of(folder, "spark", "my recipe.yaml", "--seed", "-1");
    assertThat(seed.code()).isEqualTo(2);
    assertThat(seed.err()).contains("--seed -1");
    Files.delete(folder.resolve("spark.jar"));
    CommandRun jar = CommandRun.of(folder, "spark", "my recipe.yaml");
    assertThat(jar.code()).isEqualTo(2);
    assertThat(jar.err()).contains("The jar for Spark is not there");
  }
}
