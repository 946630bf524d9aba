package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogSettings;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.StopSignal;
import io.admix.engine.place.LazyStore;
import io.admix.engine.plan.PlanProgress;
import io.admix.engine.plan.PlanSummary;
import io.admix.engine.recipe.RecipeDocument;
import io.admix.engine.recipe.RecipeReader;
import io.admix.engine.report.FailureReport;
import io.admix.engine.report.RunReport;
import io.admix.engine.settings.CopySettings;
import io.admix.engine.settings.Settings;
import io.admix.engine.verify.VerifyReport;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.Sources;
import io.admix.files.Volume;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Datasets whose files are symbolic links, as another system leaves them where it could not make
 * hard links: the file that a link leads to is placed, when it lies in a dataset; a link that leads
 * out, nowhere, or elsewhere than when it was planned is a failure of that file.
 */
class LinkedRowsTest {
  @TempDir Path temporary;
  private Path folder;
  private Path root;
  private Path store;
  private Canary canary;
  private Catalog catalog;
  private Settings settings;
  private int rows;

  @BeforeEach
  void open() throws Exception {
    folder = temporary.toRealPath();
    root = Files.createDirectories(folder.resolve("theirs/deep"));
    root = root.getParent();
    store = Files.createDirectories(folder.resolve("store/a/b"));
    store = folder.resolve("store");
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
    dataset("theirs", root);
    dataset("store", store);
    for (int i = 0; i < 4; i++) {
      Files.writeString(store.resolve("a/b/f" + i), "content of " + i);
    }
    Files.writeString(root.resolve("plain"), "plain");
    row("plain");
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private void dataset(String name, Path path) throws Exception {
    sql(
        "INSERT INTO t_dm_datasets (id, name, dataset_type, path, status) VALUES (?, ?, 'TEXT', ?, 'ACTIVE')",
        name + "-id",
        name,
        path.toString());
  }

  private void row(String path) throws Exception {
    sql(
        "INSERT INTO t_dm_dataset_files (id, dataset_id, file_name, file_path, file_size, status) VALUES (?, 'theirs-id', 'x', ?, 4, 'ACTIVE')",
        "row-%03d".formatted(rows++),
        root + "/" + path);
  }

  private void link(String path, Path to) throws Exception {
    Files.createSymbolicLink(root.resolve(path), to);
    row(path);
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

  private RecipeDocument recipe(String onError, String links) throws Exception {
    Sources.watch(root);
    Sources.watch(store);
    return RecipeReader.read(
        "name: mix\nseed: 1\ntotal: max\ntarget: ./out/mix\nlink: [%s]\non-error: %s\nsources:\n  - {dataset: theirs, percent: 100}\n"
            .formatted(links, onError),
        folder);
  }

  private Mixes mixes(FileAccess access) {
    return MixesFactory.of(catalog, access, settings, new LazyStore(settings.s3().store()));
  }

  private RunReport run(FileAccess access, String onError, String links) throws Exception {
    return mixes(access)
        .run(
            recipe(onError, links),
            OptionalLong.empty(),
            RunProgress.Listener.SILENT,
            new StopSignal());
  }

  private Path planned(FileAccess access, String onError) throws Exception {
    Path plan = folder.resolve("plan.jsonl");
    mixes(access)
        .plan(
            recipe(onError, "hardlink, symlink, copy"),
            OptionalLong.empty(),
            plan,
            PlanProgress.SILENT);
    return plan;
  }

  private RunReport run(FileAccess access, Path plan) throws Exception {
    return mixes(access).run(plan, RunProgress.Listener.SILENT, new StopSignal());
  }

  private Path mixed(String name) {
    return folder.resolve("out/mix/theirs").resolve(name);
  }

  private static void changed(Path source, Callable<?> change) throws Exception {
    Sources.change(source, change::call);
  }

  @ParameterizedTest
  @CsvSource({
    "PORTABLE, HARDLINK",
    "PORTABLE, SYMLINK",
    "LINUX, HARDLINK",
    "LINUX, COPY",
    "LINUX, SYMLINK"
  })
  void theFileThatALinkLeadsToIsPlaced(Accesses kind, LinkMethod method) throws Exception {
    FileAccess access = kind.open();
    link("absolute", store.resolve("a/b/f0"));
    link("deep/relative", Path.of("../../store/a/b/f1"));
    link("chain", root.resolve("absolute"));
    link("inside", Path.of("plain"));
    Files.createSymbolicLink(store.resolve("way"), store.resolve("a"));
    link("by-a-linked-folder", store.resolve("way/b/f2"));

    RunReport report = run(access, "fail", method.word());

    assertThat(report.target().files()).isEqualTo(6);
    assertThat(report.methods()).containsOnlyKeys(method);
    assertThat(report.target().bytes()).isEqualTo(4 * 12 + 2 * 5);
    assertThat(report.warnings())
        .anySatisfy(w -> assertThat(w).contains("5 chosen files are symbolic links; the files"));
    placed("absolute", store.resolve("a/b/f0"), method);
    placed("deep/relative", store.resolve("a/b/f1"), method);
    placed("chain", store.resolve("a/b/f0"), method);
    placed("inside", root.resolve("plain"), method);
    placed("by-a-linked-folder", store.resolve("a/b/f2"), method);
    assertThat(mixes(access).verify("mix").isClean()).isTrue();

    changed(
        root,
        () -> {
          Files.delete(root.resolve("absolute"));
          return Files.createSymbolicLink(root.resolve("absolute"), store.resolve("a/b/f3"));
        });
    changed(store.resolve("a/b/f1"), () -> Files.writeString(store.resolve("a/b/f1"), "new"));
    VerifyReport verified = mixes(access).verify("mix");
    assertThat(verified.drifted() + verified.damaged()).isEqualTo(3);
    assertThat(verified.problems())
        .extracting(VerifyReport.Problem::path)
        .containsExactlyInAnyOrder("theirs/absolute", "theirs/chain", "theirs/deep/relative");
  }

  private void placed(String name, Path real, LinkMethod method) throws Exception {
    assertThat(mixed(name)).hasSameTextualContentAs(real);
    if (method == LinkMethod.SYMLINK) {
      assertThat(Files.readSymbolicLink(mixed(name))).isEqualTo(real);
    } else {
      assertThat(Files.isSymbolicLink(mixed(name))).isFalse();
      assertThat(Files.isSameFile(mixed(name), real)).isEqualTo(method == LinkMethod.HARDLINK);
    }
  }

  @ParameterizedTest
  @EnumSource(Accesses.class)
  void aLinkThatLeadsOutOrNowhereIsAFailureOfItsFile(Accesses kind) throws Exception {
    FileAccess access = kind.open();
    link("good", store.resolve("a/b/f0"));
    link("out", canary.file("secret.txt"));
    link("out-by-dots", Path.of("../store/../outside/secret.txt"));
    Files.createSymbolicLink(store.resolve("way-out"), canary.path());
    link("out-by-a-folder", store.resolve("way-out/secret.txt"));
    link("dangling", store.resolve("nothing"));
    link("round", root.resolve("circle"));
    Files.createSymbolicLink(root.resolve("circle"), root.resolve("round"));
    link("folder", store.resolve("a"));
    link("device", Path.of("/dev/null"));
    link("system", Path.of("/etc/passwd"));

    RunReport report = run(access, "skip", "hardlink, symlink, copy");

    assertThat(report.failures())
        .extracting(FailureReport::path, FailureReport::reason)
        .containsExactlyInAnyOrder(
            tuple("out", "UNSAFE_PATH"),
            tuple("out-by-dots", "UNSAFE_PATH"),
            tuple("out-by-a-folder", "UNSAFE_PATH"),
            tuple("dangling", "UNSAFE_PATH"),
            tuple("round", "UNSAFE_PATH"),
            tuple("folder", "UNSAFE_PATH"),
            tuple("device", "UNSAFE_PATH"),
            tuple("system", "UNSAFE_PATH"));
    assertThat(Lab.files(folder.resolve("out/mix"))).containsExactly("theirs/good", "theirs/plain");
    canary.assertUntouched();
    assertThat(mixes(access).verify("mix").isClean()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Accesses.class)
  void aLinkThatChangesAfterItWasPlannedIsAFailureOfItsFile(Accesses kind) throws Exception {
    FileAccess access = kind.open();
    for (String name : List.of("elsewhere", "out", "gone", "file", "stays")) {
      link(name, store.resolve("a/b/f0"));
    }
    link("other", store.resolve("a/b/f1"));
    link("touched", store.resolve("a/b/f2"));
    Path plan = planned(access, "skip");
    changed(
        root,
        () -> {
          for (String name : List.of("elsewhere", "out", "gone", "file")) {
            Files.delete(root.resolve(name));
          }
          Files.createSymbolicLink(root.resolve("elsewhere"), store.resolve("a/b/f3"));
          Files.createSymbolicLink(root.resolve("out"), canary.file("secret.txt"));
          return Files.writeString(root.resolve("file"), "content of 0");
        });
    changed(
        store,
        () -> {
          Files.delete(store.resolve("a/b/f1"));
          Files.writeString(store.resolve("a/b/f1"), "content of 1");
          return Files.writeString(store.resolve("a/b/f2"), "longer than planned");
        });

    RunReport report = run(access, plan);

    assertThat(report.failures())
        .extracting(FailureReport::path, FailureReport::reason)
        .containsExactlyInAnyOrder(
            tuple("elsewhere", "SOURCE_CHANGED"),
            tuple("out", "SOURCE_CHANGED"),
            tuple("gone", "SOURCE_MISSING"),
            tuple("file", "SOURCE_CHANGED"),
            tuple("other", "SOURCE_CHANGED"),
            tuple("touched", "SOURCE_CHANGED"));
    assertThat(Lab.files(folder.resolve("out/mix")))
        .containsExactly("theirs/plain", "theirs/stays");
    canary.assertUntouched();
  }

  /** The link was looked at, and then the folder of its file becomes a link that leads out. */
  @ParameterizedTest
  @EnumSource(Accesses.class)
  void aFolderThatIsSwappedAfterTheLinkWasLookedAtLeadsNowhere(Accesses kind) throws Exception {
    FileAccess access = kind.open();
    link("linked", store.resolve("a/b/f0"));
    Files.writeString(canary.file("f0"), "content of 0");
    canary.look();
    Path plan = planned(access, "skip");
    FileAccess swapping =
        new BeforeRealFiles(
            access,
            () ->
                changed(
                    store,
                    () -> {
                      Files.move(store.resolve("a/b"), store.resolve("a/moved"));
                      return Files.createSymbolicLink(store.resolve("a/b"), canary.path());
                    }));
    RunReport report = run(swapping, plan);
    assertThat(report.failures())
        .extracting(FailureReport::path, FailureReport::reason)
        .containsExactly(tuple("linked", "UNSAFE_PATH"));
    canary.assertUntouched();
  }

  /** What stopped over one link goes on when that is mended, and ends as one that never stopped. */
  @Test
  void aTaskThatStoppedOverALinkGoesOn() throws Exception {
    FileAccess access = Accesses.LINUX.open();
    link("good", store.resolve("a/b/f0"));
    link("bad", store.resolve("a/b/f1"));
    Path plan = planned(access, "fail");
    changed(root, () -> Files.move(root.resolve("bad"), root.resolve("away")));
    assertThatThrownBy(() -> run(access, plan)).isInstanceOf(TaskFailedException.class);
    changed(root, () -> Files.move(root.resolve("away"), root.resolve("bad")));
    RunReport report =
        mixes(access)
            .resume(
                catalog.tasks().list().getFirst().id(),
                RunProgress.Listener.SILENT,
                new StopSignal());
    assertThat(report.target().files()).isEqualTo(3);
    placed("bad", store.resolve("a/b/f1"), LinkMethod.HARDLINK);
    assertThat(mixes(access).verify("mix").isClean()).isTrue();
  }

  /** A mix of a mix that is all symbolic links does not hang on that one's links. */
  @Test
  void aMixOfSymbolicLinksIsMixedAgain() throws Exception {
    FileAccess access = FileAccess.portable();
    link("linked", store.resolve("a/b/f0"));
    run(access, "fail", "symlink");
    Sources.watch(folder.resolve("out/mix"));
    RecipeDocument second =
        RecipeReader.read(
            "name: second\nseed: 1\ntarget: out/second\nlink: [symlink]\nsources:\n  - {dataset: mix, count: 2}\n",
            folder);
    PlanSummary plan = mixes(access).plan(second, OptionalLong.empty(), null, PlanProgress.SILENT);
    assertThat(plan.unseen()).isZero();
    assertThat(plan.methods()).containsOnlyKeys(LinkMethod.SYMLINK);
    mixes(access).run(second, OptionalLong.empty(), RunProgress.Listener.SILENT, new StopSignal());
    assertThat(Files.readSymbolicLink(folder.resolve("out/second/mix/theirs/linked")))
        .isEqualTo(store.resolve("a/b/f0"));
    assertThat(Files.isSymbolicLink(folder.resolve("out/mix/theirs/linked"))).isTrue();
    assertThat(mixes(access).verify("second").isClean()).isTrue();
  }

  /** Does something before files are reached by their real paths. */
  private record BeforeRealFiles(FileAccess access, Change change) implements FileAccess {
    interface Change {
      void make() throws Exception;
    }

    @Override
    public Folder open(Path path) throws Fault {
      if (path.equals(Path.of("/"))) {
        try {
          change.make();
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      }
      return access.open(path);
    }

    @Override
    public String name() {
      return access.name();
    }

    @Override
    public boolean isSwapSafe() {
      return access.isSwapSafe();
    }

    @Override
    public boolean isAtomicNoReplace() {
      return access.isAtomicNoReplace();
    }

    @Override
    public Volume volume(Folder of) throws Fault {
      return access.volume(of);
    }
  }
}
