package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.catalog.FileWriter;
import io.admix.catalog.NewFile;
import io.admix.files.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Filters all the way through the catalogue; the zone is Berlin's. */
class PlannerFiltersTest {
  @TempDir Path folder;
  private PlanKit kit;

  @BeforeEach
  void open() throws Exception {
    kit = new PlanKit(folder);
    Path root = Files.createDirectories(kit.folder.resolve("roots/d"));
    try (FileWriter writer = kit.catalog.datasets().register("d", root.toString(), "TEXT")) {
      add(writer, "untagged", "2025-03-01T12:00:00Z", null, null);
      add(writer, "a/before", "2024-12-31T22:59:59.999999Z", "2024-12-31T22:59:59.999999Z", "low");
      add(writer, "a/first", "2024-12-31T23:00:00Z", "2024-12-31T23:00:00Z", "high");
      add(writer, "b/last", "2025-06-30T21:59:59.999999Z", "2025-06-30T21:59:59.999999Z", "top");
      add(writer, "b/after", "2025-06-30T22:00:00Z", "2025-06-30T22:00:00Z", "High");
      writer.commit();
    }
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private static void add(
      FileWriter writer, String path, String modified, String tagged, String label)
      throws Exception {
    String tags =
        label == null
            ? null
            : "[{\"type\":\"choices\",\"from_name\":\"quality\",\"values\":{\"choices\":[\"x\",\""
                + label
                + "\"]}}]";
    writer.add(
        new NewFile(
            path,
            1,
            Instant.parse(modified),
            null,
            tags,
            tagged == null ? null : Instant.parse(tagged),
            null));
  }

  private List<String> chosen(String filter) throws Exception {
    return kit.plan(
            "name: m\nseed: 1\ntotal: max\nsources:\n  - dataset: d\n    percent: 100\n    "
                + filter
                + "\n")
        .paths(0);
  }

  @Test
  void aDayOfUntil_isWithinIt_andDaysBeginInTheZone() throws Exception {
    String days = "{since: 2025-01-01, until: 2025-06-30}";
    assertThat(chosen("tagged: " + days)).containsExactly("a/first", "b/last");
    assertThat(chosen("modified: " + days)).containsExactly("a/first", "b/last", "untagged");
  }

  @Test
  void aTimeWithAnOffset_isThatInstant_withoutOneItIsInTheZone() throws Exception {
    assertThat(chosen("tagged: {since: '2024-12-31T23:00:00Z', until: '2025-06-30T21:59:59Z'}"))
        .containsExactly("a/first");
    assertThat(chosen("tagged: {since: '2025-01-01T00:00:00', until: '2025-07-01T00:00:00'}"))
        .containsExactly("a/first", "b/after", "b/last");
    assertThat(chosen("tagged: {since: '2025-01-01T01:00:00+02:00'}"))
        .containsExactly("a/first", "b/after", "b/last");
  }

  @Test
  void labels_pathsAndTimes_allHold() throws Exception {
    assertThat(chosen("label: {name: quality, values: [high, top]}"))
        .as("values are compared as they stand")
        .containsExactly("a/first", "b/last");
    assertThat(chosen("include: ['a/**', 'untagged']"))
        .containsExactly("a/before", "a/first", "untagged");
    assertThat(chosen("include: ['**/*a*']\n    exclude: ['b/**']"))
        .as("`**/` matches no folder too")
        .containsExactly("untagged");
    assertThat(
            chosen(
                "label: {name: quality, values: [high, top]}\n    exclude: ['a/**']\n    tagged: {until: 2025-06-30}"))
        .containsExactly("b/last");
  }

  @Test
  void theTimeOfAFolderSourcesFile_isItsOwn() throws Exception {
    FileTime noon = FileTime.from(Instant.parse("2025-06-30T21:59:59.5Z"));
    FileTime midnight = FileTime.from(Instant.parse("2025-06-30T22:00:00Z"));
    Files.setLastModifiedTime(kit.file("data/in", 1), noon);
    Files.setLastModifiedTime(kit.file("data/out", 1), midnight);
    Sources.changed(kit.folder.resolve("data/in"));
    Sources.changed(kit.folder.resolve("data/out"));
    assertThat(
            kit.plan(
                    "name: m\nseed: 1\nsources:\n  - {path: data, count: 1, modified: {since: 2025-06-30, until: 2025-06-30}}\n")
                .paths(0))
        .containsExactly("in");
  }
}
