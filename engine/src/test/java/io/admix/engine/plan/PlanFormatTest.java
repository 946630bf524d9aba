package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real plans with every kind of line, against docs/schemas/plan-line.json and the page on it. */
class PlanFormatTest {
  @TempDir Path folder;

  private static Path docs() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("docs/plan-format.md"))) {
      at = at.getParent();
    }
    return at.resolve("docs");
  }

  private String plan() throws Exception {
    try (PlanKit kit = new PlanKit(folder)) {
      List<String> paths = new ArrayList<>();
      for (int i = 0; i < 3000; i++) {
        paths.add("d" + i % 9 + "/x" + (i % 40 == 0 ? "" : i) + ".txt");
      }
      kit.register("d", new ArrayList<>(new TreeSet<>(paths)));
      for (int i = 1; i < 80; i++) {
        kit.file("roots/d/d" + i % 9 + "/x" + i + ".txt", i);
        kit.file("data/f" + i, i);
      }
      return kit.plan(
              "name: m\nseed: 1\nlayout: flat\non-error: replace\nsources:\n  - {dataset: d, count: 2500}\n  - {path: data, count: 10}\n")
          .text();
    }
  }

  @Test
  void everyLineOfAPlan_fitsItsSchema_andEveryKindIsThere() throws Exception {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                Files.readString(docs().resolve("schemas/plan-line.json")), InputFormat.JSON);
    List<String> lines = plan().lines().toList();
    for (String line : lines) {
      assertThat(schema.validate(line, InputFormat.JSON)).as(line).isEmpty();
    }
    Map<String, Long> kinds =
        lines.stream().collect(Collectors.groupingBy(PlanFormatTest::kind, Collectors.counting()));
    assertThat(kinds)
        .containsOnlyKeys(
            "admixPlan",
            "run",
            "source",
            "reserves",
            "totals",
            "entries",
            "plain",
            "as",
            "row",
            "to",
            "unseen");
    assertThat(kinds.get("run")).isGreaterThan(2);
  }

  private static String kind(String line) {
    if (line.startsWith("{")) {
      return line.substring(2, line.indexOf('"', 2));
    }
    if (line.contains(",{\"to\":")) {
      return "to";
    }
    if (line.contains(",{\"as\":")) {
      return "as";
    }
    if (line.contains(",0,null")) {
      return "unseen";
    }
    return line.contains(",{\"row\":") ? "row" : "plain";
  }

  @Test
  void aLineThatIsNone_doesNotFit() throws Exception {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                Files.readString(docs().resolve("schemas/plan-line.json")), InputFormat.JSON);
    for (String line :
        List.of(
            "{\"admixPlan\":1}",
            "{\"admixPlan\":2,\"name\":\"m\"}",
            "[\"a\",1,0]",
            "[\"a\",1,0,null,{\"is\":\"b\"}]",
            "[\"a\",1,0,null,{}]",
            "{\"run\":0,\"folder\":\"\",\"entries\":1025}",
            "{\"entries\":1}")) {
      assertThat(schema.validate(line, InputFormat.JSON)).as(line).isNotEmpty();
    }
  }

  @Test
  void thePageNamesEveryKeyOfTheFirstLineAndOfTheTotals() throws Exception {
    List<String> lines = plan().lines().toList();
    String page = Files.readString(docs().resolve("plan-format.md"));
    var json = new tools.jackson.databind.ObjectMapper();
    TreeSet<String> keys = new TreeSet<>();
    var head = json.readTree(lines.getFirst());
    head.propertyNames().forEach(keys::add);
    head.get("sources").get(0).propertyNames().forEach(keys::add);
    json.readTree(lines.get(lines.size() - 2)).get("totals").propertyNames().forEach(keys::add);
    assertThat(keys)
        .hasSizeGreaterThan(15)
        .allSatisfy(key -> assertThat(page).contains("`" + key + "`"));
  }
}
