package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.catalog.Catalog;
import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets;
import io.admix.catalog.Task;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.Origin;
import io.admix.core.recipe.Recipe;
import io.admix.engine.report.MethodCount;
import io.admix.engine.report.ReportJson;
import io.admix.engine.report.RunReport;
import io.admix.engine.verify.ManifestEntry;
import io.admix.engine.verify.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a mix must be when it is published: which source file stands under which name. Everything
 * that is told of it (tree, rows, manifest, report, lineage) must say the same.
 *
 * @param files source file by path below the target
 * @param failures files that could not be placed
 */
record MixModel(Map<String, Path> files, long failures) {

  /** What the first, undisturbed run of a recipe made. */
  static MixModel of(CrashBench bench, Recipe recipe, RunReport report) throws Exception {
    Map<String, Path> files = new TreeMap<>();
    for (ManifestEntry entry : manifest(bench, report.taskId())) {
      files.put(entry.path(), sourceOf(recipe, entry));
    }
    return new MixModel(files, report.failuresTotal());
  }

  private static Path sourceOf(Recipe recipe, ManifestEntry entry) {
    return recipe.sources().stream()
        .filter(source -> source.name().equals(entry.source()))
        .map(source -> ((Origin.Folder) source.origin()).path())
        .map(root -> Path.of(root).resolve(entry.from()))
        .findFirst()
        .orElseThrow();
  }

  private static List<ManifestEntry> manifest(CrashBench bench, String task) throws IOException {
    List<ManifestEntry> entries = new ArrayList<>();
    Path file = bench.stateDir().resolve(task).resolve("manifest.jsonl");
    try (ManifestReader reader = ManifestReader.open(file)) {
      Optional<ManifestEntry> next = reader.next();
      while (next.isPresent()) {
        entries.add(next.get());
        next = reader.next();
      }
    }
    return entries;
  }

  /**
   * Compares all that there is of a published mix with the model.
   *
   * @param methods how many files each method made
   */
  void assertPublished(
      CrashBench bench, Recipe recipe, RunReport report, Map<LinkMethod, Long> methods)
      throws Exception {
    Path target = Path.of(report.target().path());
    assertTree(target);
    assertManifest(bench, recipe, report, target, methods);
    assertReport(report, methods);
    assertRows(bench, recipe, report);
    assertNothingElse(bench, report, target);
  }

  private void assertTree(Path target) throws IOException {
    Set<String> found = new TreeSet<>();
    Set<String> folders = new TreeSet<>();
    try (Stream<Path> walk = Files.walk(target)) {
      walk.filter(path -> !path.equals(target))
          .forEach(path ->
              (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? folders : found)
                  .add(target.relativize(path).toString()));
    }
    assertThat(found).as("the tree").isEqualTo(files.keySet());
    assertThat(folders).as("its folders").isEqualTo(foldersOf(files.keySet()));
  }

  private static Set<String> foldersOf(Set<String> paths) {
    Set<String> folders = new TreeSet<>();
    for (String path : paths) {
      for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
        folders.add(path.substring(0, slash));
      }
    }
    return folders;
  }

  private void assertManifest(
      CrashBench bench, Recipe recipe, RunReport report, Path target, Map<LinkMethod, Long> methods)
      throws Exception {
    Map<String, Path> told = new TreeMap<>();
    Map<LinkMethod, Long> counted = new TreeMap<>();
    for (ManifestEntry entry : manifest(bench, report.taskId())) {
      assertThat(told.put(entry.path(), sourceOf(recipe, entry))).as(entry.path()).isNull();
      counted.merge(entry.method(), 1L, Long::sum);
      assertFile(target.resolve(entry.path()), sourceOf(recipe, entry), entry);
    }
    assertThat(told).as("the manifest").isEqualTo(files);
    assertThat(counted).as("methods of the manifest").isEqualTo(new TreeMap<>(methods));
    assertThat(bench.look("SELECT manifest_sha256 FROM {admix}tasks WHERE id = ?", report.taskId()))
        .as("sha256 of the manifest")
        .containsExactly(sha256(bench.stateDir().resolve(report.taskId() + "/manifest.jsonl")));
  }

  /** Of all lines but the last, which holds it. */
  private static String sha256(Path manifest) throws Exception {
    byte[] bytes = Files.readAllBytes(manifest);
    int end = bytes.length - 1;
    while (bytes[end - 1] != '\n') {
      end--;
    }
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(bytes, 0, end);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The method told is the one that was used, as far as the file system can tell it. */
  private static void assertFile(Path file, Path source, ManifestEntry entry) throws IOException {
    Map<String, Object> made = attributes(file);
    Map<String, Object> from = attributes(source);
    assertThat(Files.readAllBytes(file)).as(entry.path()).isEqualTo(Files.readAllBytes(source));
    assertThat(entry.size()).isEqualTo(from.get("size"));
    assertThat(Files.isSymbolicLink(file)).isEqualTo(entry.method() == LinkMethod.SYMLINK);
    assertThat(made.get("ino")).as("inode of " + entry.path()).isEqualTo(entry.inode());
    if (entry.method() == LinkMethod.SYMLINK) {
      assertThat(Files.readSymbolicLink(file)).isEqualTo(source);
      return;
    }
    assertThat(made.get("ino").equals(from.get("ino")))
        .as("%s is the source's inode", entry.path())
        .isEqualTo(entry.method() == LinkMethod.HARDLINK);
    for (String kept : List.of("size", "mode", "lastModifiedTime")) {
      assertThat(made.get(kept)).as("%s of %s", kept, entry.path()).isEqualTo(from.get(kept));
    }
    if (entry.method() != LinkMethod.HARDLINK) {
      assertThat(made.get("nlink")).as("links of " + entry.path()).isEqualTo(1);
    }
  }

  private static Map<String, Object> attributes(Path path) throws IOException {
    return Files.readAttributes(
        path, "unix:ino,mode,nlink,size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
  }

  private long bytes() throws IOException {
    long bytes = 0;
    for (Path source : files.values()) {
      bytes += Files.size(source);
    }
    return bytes;
  }

  private void assertReport(RunReport report, Map<LinkMethod, Long> methods) throws IOException {
    assertThat(report.status()).isEqualTo("COMPLETED");
    assertThat(report.target().files()).as("files reported").isEqualTo(files.size());
    assertThat(report.target().bytes()).as("bytes reported").isEqualTo(bytes());
    assertThat(report.failuresTotal()).as("failures reported").isEqualTo(failures);
    assertThat(report.failures()).hasSize((int) failures);
    Map<LinkMethod, Long> counted = new TreeMap<>();
    for (Map.Entry<LinkMethod, MethodCount> method : report.methods().entrySet()) {
      if (method.getValue().files() > 0) {
        counted.put(method.getKey(), method.getValue().files());
      }
    }
    assertThat(counted).as("methods reported").isEqualTo(new TreeMap<>(methods));
    assertThat(report.sources().stream().mapToLong(source -> source.achieved()).sum())
        .isEqualTo(files.size());
  }

  private void assertRows(CrashBench bench, Recipe recipe, RunReport report) throws Exception {
    Catalog catalog = bench.catalog;
    Dataset dataset = catalog.datasets().find(recipe.name()).orElseThrow();
    assertThat(dataset.files()).as("files of the dataset").isEqualTo(files.size());
    assertThat(dataset.bytes()).as("bytes of the dataset").isEqualTo(bytes());
    assertThat(dataset.path()).isEqualTo(report.target().path());
    Map<String, Long> rows = new TreeMap<>();
    catalog
        .datasets()
        .scan(
            dataset,
            Set.<Datasets.Column>of(),
            row -> assertThat(rows.put(row.relativePath(), row.size())).isNull());
    Map<String, Long> expected = new TreeMap<>();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      expected.put(file.getKey(), Files.size(file.getValue()));
    }
    assertThat(rows).as("the rows").isEqualTo(expected);
    Task task = catalog.tasks().byId(report.taskId()).orElseThrow();
    assertThat(task.status()).isEqualTo(Task.Status.COMPLETED);
    assertThat(task.files()).isEqualTo(files.size());
    assertThat(ReportJson.read(String.valueOf(task.report())).methods())
        .isEqualTo(report.methods());
    assertThat(
            bench.look(
                "SELECT from_node_id FROM t_lineage_edge WHERE to_node_id = ?",
                report.target().datasetId()))
        .as("lineage")
        .hasSize(recipe.sources().size())
        .doesNotHaveDuplicates();
    assertThat(
            bench.look(
                "SELECT id FROM {admix}tasks WHERE name = ? AND status <> 'FAILED'", recipe.name()))
        .as("tasks of this mix")
        .containsExactly(report.taskId());
  }

  /** No staging, no scratch, no temporaries, nowhere. */
  private static void assertNothingElse(CrashBench bench, RunReport report, Path target)
      throws IOException {
    try (Stream<Path> beside = Files.list(target.getParent())) {
      assertThat(beside.map(path -> path.getFileName().toString()))
          .as("beside the target")
          .noneMatch(name -> name.startsWith(".admix-"));
    }
    try (Stream<Path> state = Files.list(bench.stateDir().resolve(report.taskId()))) {
      assertThat(state.map(path -> path.getFileName().toString()))
          .as("state of the task")
          .containsExactlyInAnyOrder("plan.jsonl", "manifest.jsonl", "report.json");
    }
  }
}
