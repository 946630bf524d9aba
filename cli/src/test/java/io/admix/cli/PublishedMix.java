package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.catalog.Task;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.Admix;
import io.admix.engine.StopSignal;
import io.admix.engine.report.RunReport;
import io.admix.engine.verify.ManifestEntry;
import io.admix.engine.verify.ManifestReader;
import io.admix.engine.verify.VerifyReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares a published mix with the model: every source file once, as its method makes it, in the
 * tree, in the rows and in the manifest, nothing else beside it, and the sources as they were.
 */
final class PublishedMix {
  private final Home home;
  private final Mix mix;
  private final List<SourceFacts> before;
  private final String context;

  private PublishedMix(Home home, Mix mix, List<SourceFacts> before, String context) {
    this.home = home;
    this.mix = mix;
    this.before = before;
    this.context = context;
  }

  /** The sources of a mix before anything ran. */
  static List<SourceFacts> factsOf(Mix mix) throws IOException {
    List<SourceFacts> facts = new ArrayList<>();
    for (Path source : mix.sources()) {
      facts.add(SourceFacts.of(source));
    }
    return facts;
  }

  /** Runs the recipe in this process until it is published, and compares. */
  static void runAndCheck(Home home, Mix mix, List<SourceFacts> before, String context)
      throws Exception {
    try (Admix admix = home.open()) {
      run(admix, mix);
      new PublishedMix(home, mix, before, context).check(admix);
    }
  }

  /**
   * Compares what is there with the model.
   *
   * @param before facts of each source, as {@link #factsOf} gave them
   * @param context said in failures: seed, kills, the injected fault
   */
  static void check(Home home, Mix mix, List<SourceFacts> before, String context) throws Exception {
    try (Admix admix = home.open()) {
      new PublishedMix(home, mix, before, context).check(admix);
    }
  }

  static RunReport run(Admix admix, Mix mix) throws Exception {
    return admix
        .mixes()
        .run(mix.document(), OptionalLong.empty(), progress -> {}, new StopSignal());
  }

  private void check(Admix admix) throws Exception {
    SortedMap<String, SourceFacts.Fact> model = model();
    SortedMap<String, SourceFacts.Fact> made = SourceFacts.of(mix.target()).files();
    checkTree(model, made);
    RunReport again = run(admix, mix);
    assertThat(again.unchanged()).as("published already: " + context).isTrue();
    assertThat(again.status()).as(context).isEqualTo("COMPLETED");
    assertThat(again.warnings()).as("sources have not changed: " + context).isEmpty();
    assertThat(again.target().files()).as("reported files: " + context).isEqualTo(model.size());
    checkRows(again, model);
    checkManifest(again, made);
    VerifyReport verified = admix.mixes().verify(mix.name());
    assertThat(verified.problems()).as("verify: " + context).isEmpty();
    assertThat(verified.ok()).as("verify: " + context).isEqualTo(model.size());
    checkNothingLeft(admix, again.taskId());
    assertThat(factsOf(mix)).as("sources: " + context).isEqualTo(before);
  }

  /** Target path to the source's fact. */
  private SortedMap<String, SourceFacts.Fact> model() {
    SortedMap<String, SourceFacts.Fact> model = new TreeMap<>();
    for (int i = 0; i < before.size(); i++) {
      String prefix = mix.sources().get(i).getFileName() + "/";
      before.get(i).files().forEach((path, fact) -> model.put(prefix + path, fact));
    }
    return model;
  }

  private void checkTree(
      SortedMap<String, SourceFacts.Fact> model, SortedMap<String, SourceFacts.Fact> made) {
    assertThat(made.keySet()).as("files: " + context).isEqualTo(model.keySet());
    made.forEach((path, fact) -> checkFile(path, model.get(path), fact));
  }

  private void checkFile(String path, SourceFacts.Fact source, SourceFacts.Fact made) {
    String told = path + ": " + context;
    switch (mix.method()) {
      case HARDLINK -> assertThat(made).as(told).isEqualTo(source);
      case SYMLINK ->
          assertThat(made.content()).as(told).isEqualTo(sourceOf(path).toAbsolutePath().toString());
      case COPY, REFLINK -> {
        assertThat(made.content()).as("bytes of " + told).isEqualTo(source.content());
        assertThat(made.mode()).as("mode of " + told).isEqualTo(source.mode());
        assertThat(made.modified()).as("time of " + told).isEqualTo(source.modified());
        assertThat(made.inode()).as("inode of " + told).isNotEqualTo(source.inode());
      }
    }
  }

  private Path sourceOf(String targetPath) {
    return mix.sources().stream()
        .filter(source -> targetPath.startsWith(source.getFileName() + "/"))
        .map(source ->
            source.resolve(targetPath.substring(source.getFileName().toString().length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  private void checkRows(RunReport report, SortedMap<String, SourceFacts.Fact> model)
      throws SQLException {
    List<String> rows = new ArrayList<>();
    String prefix = mix.target() + "/";
    try (Connection connection = home.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT file_path, file_size FROM t_dm_dataset_files WHERE dataset_id = ? AND status = 'ACTIVE'")) {
      statement.setString(1, report.target().datasetId());
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          String path = result.getString(1);
          assertThat(path).as("row: " + context).startsWith(prefix);
          rows.add(path.substring(prefix.length()) + " " + result.getLong(2));
        }
      }
      checkDataset(connection, report, model.size());
    }
    List<String> expected = new ArrayList<>();
    model.forEach((path, fact) -> expected.add(path + " " + fact.size()));
    assertThat(rows).as("rows: " + context).containsExactlyInAnyOrderElementsOf(expected);
  }

  private void checkDataset(Connection connection, RunReport report, int files)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT id, status, file_count FROM t_dm_datasets WHERE name = ?")) {
      statement.setString(1, mix.name());
      try (ResultSet result = statement.executeQuery()) {
        assertThat(result.next()).as("the dataset's row: " + context).isTrue();
        assertThat(result.getString(1)).as(context).isEqualTo(report.target().datasetId());
        assertThat(result.getString(2)).as(context).isEqualTo("ACTIVE");
        assertThat(result.getLong(3)).as(context).isEqualTo(files);
        assertThat(result.next()).as("a second dataset of this name: " + context).isFalse();
      }
    }
  }

  private void checkManifest(RunReport report, SortedMap<String, SourceFacts.Fact> made)
      throws IOException {
    Path file = home.state().resolve(report.taskId()).resolve("manifest.jsonl");
    LinkMethod method = mix.method();
    SortedMap<String, ManifestEntry> listed = new TreeMap<>();
    try (ManifestReader reader = ManifestReader.open(file)) {
      Optional<ManifestEntry> entry = reader.next();
      while (entry.isPresent()) {
        ManifestEntry before = listed.put(entry.get().path(), entry.get());
        assertThat(before).as("listed twice: " + context).isNull();
        entry = reader.next();
      }
    }
    assertThat(listed.keySet()).as("manifest: " + context).isEqualTo(made.keySet());
    listed.forEach((path, entry) -> {
      assertThat(entry.method()).as(path + ": " + context).isEqualTo(method);
      assertThat(entry.inode()).as(path + ": " + context).isEqualTo(made.get(path).inode());
    });
  }

  /** Neither staging nor a temporary beside the target, no scratch in the state folder. */
  private void checkNothingLeft(Admix admix, String taskId) throws IOException {
    try (Stream<Path> beside = Files.list(mix.target().toAbsolutePath().getParent())) {
      assertThat(beside.map(path -> path.getFileName().toString()))
          .as("beside the target: " + context)
          .noneMatch(name -> name.startsWith(".admix-"));
    }
    List<String> kept = new ArrayList<>();
    Set<String> others =
        admix.mixes().tasks().stream()
            .map(Task::id)
            .filter(id -> !id.equals(taskId))
            .collect(Collectors.toSet());
    try (Stream<Path> state = Files.walk(home.state())) {
      state
          .filter(path -> !path.equals(home.state()))
          .map(path -> home.state().relativize(path))
          .filter(path -> !others.contains(path.getName(0).toString()))
          .forEach(path -> kept.add(path.toString()));
    }
    assertThat(kept)
        .as("state folder: " + context)
        .isSubsetOf(
            taskId, taskId + "/plan.jsonl", taskId + "/manifest.jsonl", taskId + "/report.json");
  }
}
