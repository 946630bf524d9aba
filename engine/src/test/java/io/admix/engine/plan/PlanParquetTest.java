package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.core.plan.PlanEntry;
import io.admix.engine.parquet.Column;
import io.admix.engine.parquet.ParquetReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlanParquetTest {
  @TempDir Path folder;

  @Test
  void entriesStandInPlanOrder_wholeRunsToAPart_andTheHeadTellsThem() throws Exception {
    try (PlanKit kit = new PlanKit(folder)) {
      kit.register("d", IntStream.range(0, 2_500).mapToObj(i -> "a/f" + i).toList());
      PlanKit.Planned planned =
          kit.plan(
              "name: m\nseed: 1\nlayout: flat\non-error: replace\nsources:\n  - {dataset: d, count: 2300}\n");
      Path out = kit.folder.resolve("plan.parquet");
      PlanParquet.write(kit.folder.resolve("plan.jsonl"), out, 1_500);
      JsonNode head =
          JsonMapper.builder().build().readTree(Files.readString(out.resolve("plan.json")));
      assertThat(head.path("sha256").asString()).isEqualTo(planned.summary().sha256());
      assertThat(head.path("entries").asLong()).isEqualTo(2_300);
      assertThat(head.path("parts").size()).isEqualTo(2);
      List<String> expected = new ArrayList<>();
      planned.mains().forEach(entry -> expected.add("0 " + words(entry)));
      planned.reserves().forEach(entry -> expected.add("1 " + words(entry)));
      List<String> read = new ArrayList<>();
      for (JsonNode part : head.path("parts")) {
        List<String> rows = rows(out.resolve(part.path("file").asString()));
        assertThat(rows).hasSize(part.path("entries").asInt());
        read.addAll(rows);
      }
      assertThat(read).isEqualTo(expected);
      assertThatThrownBy(() -> PlanParquet.write(kit.folder.resolve("plan.jsonl"), out))
          .isInstanceOf(FileAlreadyExistsException.class);
    }
  }

  private static String words(PlanEntry entry) {
    return entry.sourcePath() + " " + entry.targetName() + " " + entry.size() + " " + entry.rowId();
  }

  private static List<String> rows(Path file) throws Exception {
    List<Column> columns =
        List.of(
            Column.number("run"),
            Column.number("place"),
            Column.number("is_reserve"),
            Column.number("source"),
            Column.text("source_folder"),
            Column.text("source_name"),
            Column.text("target_folder"),
            Column.text("target_name"),
            Column.number("size"),
            Column.number("inode"),
            Column.number("modified"),
            Column.text("row").orNull(),
            Column.text("real_path").orNull(),
            Column.text("etag").orNull());
    List<String> rows = new ArrayList<>();
    try (ParquetReader reader = ParquetReader.open(file, columns, Set.of(2, 4, 5, 7, 8, 11))) {
      while (reader.advance()) {
        rows.add(
            reader.number(2)
                + " "
                + text(reader, 4)
                + "/"
                + text(reader, 5)
                + " "
                + text(reader, 7)
                + " "
                + reader.number(8)
                + " "
                + text(reader, 11));
      }
    }
    return rows;
  }

  private static String text(ParquetReader in, int column) {
    return new String(
        in.array(column), in.offset(column), in.length(column), StandardCharsets.UTF_8);
  }
}
