package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogSettings;
import io.admix.engine.StopSignal;
import io.admix.engine.place.LazyStore;
import io.admix.engine.plan.PlanException;
import io.admix.engine.recipe.RecipeReader;
import io.admix.engine.report.FailureReport;
import io.admix.engine.report.RunReport;
import io.admix.engine.settings.CopySettings;
import io.admix.engine.settings.Settings;
import io.admix.files.Sources;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole mixes of a dataset whose rows another system wrote: whatever stands in them, no path leaves
 * the dataset's folder, only regular files are placed, and what is refused is told by name.
 */
class ForeignRowsTest {
  @TempDir Path temporary;
  private Path folder;
  private Path root;
  private Canary canary;
  private Catalog catalog;
  private Settings settings;
  private int rows;

  @BeforeEach
  void open() throws Exception {
    folder = temporary.toRealPath();
    root = Files.createDirectories(folder.resolve("theirs"));
    canary = Canary.in(folder);
    String url = "jdbc:sqlite:" + folder.resolve("catalog.db");
    settings =
        new Settings(
            folder,
            url,
            null,
            null,
            folder.resolve("state"),
            ZoneOffset.UTC,
            CopySettings.DEFAULTS,
            30);
    catalog = Catalog.open(new CatalogSettings(url, null, null, ZoneOffset.UTC, Clock.systemUTC()));
    Files.writeString(root.resolve("fine.txt"), "fine");
    dataset(root.toString());
    row(root + "/fine.txt");
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private void dataset(String path) throws Exception {
    sql("DELETE FROM t_dm_datasets");
    sql(
        "INSERT INTO t_dm_datasets (id, name, dataset_type, path, status) VALUES ('f-id', 'theirs', 'TEXT', ?, 'ACTIVE')",
        path);
  }

  private void row(String path) throws Exception {
    sql(
        "INSERT INTO t_dm_dataset_files (id, dataset_id, file_name, file_path, file_size, status) VALUES (?, 'f-id', 'x', ?, 4, 'ACTIVE')",
        "row-%03d".formatted(rows++),
        path);
  }

  private void sql(String statement, Object... values) throws Exception {
    try (Connection connection = DriverManager.getConnection(settings.databaseUrl());
        PreparedStatement update = connection.prepareStatement(statement)) {
      for (int i = 0; i < values.length; i++) {
        update.setObject(i + 1, values[i]);
      }
      update.executeUpdate();
    }
  }

  private RunReport run(Accesses access, String onError) throws Exception {
    if (Files.isDirectory(root)) {
      Sources.watch(root);
    }
    Mixes mixes =
        MixesFactory.of(catalog, access.open(), settings, new LazyStore(settings.s3().store()));
    String yaml =
        "name: mix\nseed: 1\ntotal: max\ntarget: ./out/mix\non-error: %s\nsources:\n  - {dataset: theirs, percent: 100}\n"
            .formatted(onError);
    return mixes.run(
        RecipeReader.read(yaml, folder),
        OptionalLong.empty(),
        RunProgress.Listener.SILENT,
        new StopSignal());
  }

  private Path mixed(String name) {
    return folder.resolve("out/mix/theirs").resolve(name);
  }

  static String[] unsafePaths() {
    return new String[] {
      "/etc/passwd",
      "OUTSIDE/secret.txt",
      "ROOT/../outside/secret.txt",
      "ROOT/x/../../outside/secret.txt",
      "ROOT/./fine.txt",
      "ROOT//fine.txt",
      "ROOT/fine.txt/",
      "ROOT/..",
      "ROOT",
      "ROOTfine.txt",
      "fine.txt",
      "",
      "ROOT/fine.txt\0/../../outside/secret.txt",
      "ROOT/.admix-00/fine.txt",
      "ROOT/.admix-00.part"
    };
  }

  @ParameterizedTest
  @MethodSource("unsafePaths")
  void aRowThatLeavesItsFolder_isLeftOutAndNamed(String written) throws Exception {
    String path =
        written.replace("ROOT", root.toString()).replace("OUTSIDE", canary.path().toString());
    row(path);
    RunReport report = run(Accesses.LINUX, "fail");
    assertThat(report.target().files()).isEqualTo(1);
    assertThat(Lab.files(folder.resolve("out/mix"))).containsExactly("theirs/fine.txt");
    assertThat(report.warnings())
        .anySatisfy(warning ->
            assertThat(warning)
                .contains("dataset `theirs`: 1 row left out")
                .contains("`" + path.replace("\0", "\\u0000") + "`"));
    canary.assertUntouched();
  }

  @ParameterizedTest
  @EnumSource(Accesses.class)
  void whatIsNoRegularFile_isNamedWithWhatItIs_andTheRestIsPublished(Accesses access)
      throws Exception {
    Files.createDirectories(root.resolve("folder"));
    Files.createSymbolicLink(root.resolve("link"), canary.file("secret.txt"));
    Files.createSymbolicLink(root.resolve("way"), canary.path());
    made("mkfifo", root.resolve("fifo").toString());
    made("mknod", root.resolve("device").toString(), "c", "1", "3");
    // An outside file that has a name in the folder is a file of the folder.
    Files.createLink(root.resolve("hard.txt"), canary.file("secret.txt"));
    canary.look();
    for (String name :
        new String[] {
          "folder", "link", "fifo", "device", "way/secret.txt", "hard.txt", "gone.txt", "bad\\..\\x"
        }) {
      row(root + "/" + name);
    }
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      Path short1 = Path.of("/tmp").resolve("admix-" + ProcessHandle.current().pid() + ".sock");
      socket.bind(UnixDomainSocketAddress.of(short1));
      Files.move(short1, root.resolve("socket"));
      row(root + "/socket");

      RunReport report = run(access, "skip");

      assertThat(report.failures())
          .extracting(FailureReport::path, FailureReport::reason)
          .containsExactlyInAnyOrder(
              tuple("folder", "UNSAFE_PATH"),
              tuple("link", "UNSAFE_PATH"),
              tuple("fifo", "UNSAFE_PATH"),
              tuple("device", "UNSAFE_PATH"),
              tuple("socket", "UNSAFE_PATH"),
              tuple("way/secret.txt", "UNSAFE_PATH"),
              tuple("gone.txt", "SOURCE_MISSING"),
              tuple("bad\\..\\x", "SOURCE_MISSING"));
      assertThat(report.failures())
          .filteredOn(f -> f.path().equals("link"))
          .extracting(FailureReport::detail)
          .singleElement()
          .asString()
          .contains("is no regular file but a symbolic link");
    }
    assertThat(Lab.files(folder.resolve("out/mix")))
        .containsExactly("theirs/fine.txt", "theirs/hard.txt");
    assertThat(Files.getAttribute(mixed("hard.txt"), "unix:ino"))
        .isEqualTo(Files.getAttribute(canary.file("secret.txt"), "unix:ino"));
    Files.delete(mixed("hard.txt"));
    canary.assertUnchanged();
  }

  @ParameterizedTest
  @EnumSource(Accesses.class)
  void underFail_theyAreNamed_andNothingIsMade(Accesses access) throws Exception {
    Files.createSymbolicLink(root.resolve("link"), canary.file("secret.txt"));
    Files.createSymbolicLink(root.resolve("way"), canary.path());
    row(root + "/link");
    row(root + "/way/secret.txt");
    assertThatThrownBy(() -> run(access, "fail"))
        .isInstanceOf(TaskFailedException.class)
        .hasMessageContaining("2 of the chosen files are not there, or are no regular files")
        .hasMessageContaining("theirs/link")
        .hasMessageContaining("theirs/way/secret.txt")
        .hasMessageContaining("nothing was made");
    assertThat(folder.resolve("out/mix")).doesNotExist();
    canary.assertUntouched();
  }

  @ParameterizedTest
  @ValueSource(strings = {"new\nline", "back\\slash", "bell\u0007", "..hidden", "-rf", "a\u202eb"})
  void awkwardNames_areOnlyNames(String name) throws Exception {
    Files.writeString(root.resolve(name), "odd");
    row(root + "/" + name);
    assertThat(run(Accesses.LINUX, "fail").target().files()).isEqualTo(2);
    assertThat(mixed(name)).hasContent("odd");
    canary.assertUntouched();
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 2_000})
  void namesAndPathsThatAreTooLong_areRefusedByName(int length) throws Exception {
    String name = length > 1_000 ? "d/".repeat(length / 2) + "n" : "n".repeat(length);
    row(root + "/" + name);
    assertThatThrownBy(() -> run(Accesses.LINUX, "fail"))
        .isInstanceOfSatisfying(
            PlanException.class,
            e ->
                assertThat(e.problems())
                    .anySatisfy(p -> assertThat(p).contains("1 file gets a name or path"))
                    .anySatisfy(p -> assertThat(p).contains("theirs/" + name.substring(0, 50))));
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CAST(x'FFFE' AS TEXT)", "char(55357)"})
  void aPathThatIsNoUnicode_isAFileThatIsNotThere(String end) throws Exception {
    sql(
        "INSERT INTO t_dm_dataset_files (id, dataset_id, file_name, file_path, file_size, status) VALUES ('odd', 'f-id', 'x', ? || "
            + end
            + ", 4, 'ACTIVE')",
        root + "/odd");
    RunReport report = run(Accesses.LINUX, "skip");
    assertThat(report.target().files()).isEqualTo(1);
    assertThat(report.failures())
        .singleElement()
        .satisfies(f -> assertThat(f.path()).startsWith("odd"));
    canary.assertUntouched();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "theirs", "./theirs", "ROOT/../theirs", "ROOT/.", "ROOT\0"})
  void aFolderThatIsNoAbsolutePath_isRefusedByTheDatasetsName(String written) throws Exception {
    dataset(written.replace("ROOT", root.toString()));
    assertThatThrownBy(() -> run(Accesses.LINUX, "fail"))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("dataset `theirs`")
        .hasMessageContaining("not an absolute path in normal form");
  }

  @ParameterizedTest
  @EnumSource(Accesses.class)
  void aFolderThatWasMoved_isToldByName(Accesses access) throws Exception {
    Files.move(root, folder.resolve("moved"));
    assertThatThrownBy(() -> run(access, "fail"))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("the folder " + root + " of dataset `theirs` is not there")
        .hasMessageContaining("was it moved?");
  }

  @ParameterizedTest
  @EnumSource(Accesses.class)
  void aFolderThatWasReplacedByAnother_isToldByName(Accesses access) throws Exception {
    row(root + "/two.txt");
    Files.move(root, folder.resolve("moved"));
    Files.createDirectories(root);
    assertThatThrownBy(() -> run(access, "fail"))
        .hasMessageContaining(
            "Not one of the 2 files chosen from source 'theirs' is in %s: was that folder moved or replaced?"
                .formatted(root));
    assertThat(folder.resolve("out/mix")).doesNotExist();
  }

  private static void made(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    boolean ended = process.waitFor(20, TimeUnit.SECONDS);
    assumeTrue(
        ended && process.exitValue() == 0,
        String.join(" ", command) + " cannot be done here (not root, or no such tool)");
  }
}
