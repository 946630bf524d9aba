package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.FileWriter;
import io.admix.catalog.NewFile;
import io.admix.catalog.Task;
import io.admix.core.recipe.Filter;
import io.admix.core.recipe.OnError;
import io.admix.core.recipe.Origin;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.Share;
import io.admix.core.recipe.SourceSpec;
import io.admix.engine.place.Place;
import io.admix.engine.report.RunReport;
import io.admix.engine.run.CrashPoints.Point;
import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.FaultLayer;
import io.admix.files.FileAccess;
import io.admix.files.Operation;
import io.admix.files.s3.Exchange;
import io.admix.files.s3.S3ProxyServer;
import io.admix.files.s3.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Mixes of and into objects over a store that fails, and how many requests they make. */
final class ObjectFaultsTest {
  private static final Predicate<Wire.Request> MIX =
      r -> r.target().contains("/out/mix/") && !r.target().contains("_ADMIX");
  private static final Predicate<Wire.Request> MADE = MIX.and(r -> r.method().equals("PUT"));
  private static final Predicate<Wire.Request> GET =
      r -> r.method().equals("GET") && r.target().contains("/data/");

  @TempDir Path root;
  private ObjectLab lab;

  @BeforeEach
  void open() throws Exception {
    lab = new ObjectLab(root);
  }

  @AfterEach
  void close() throws Exception {
    lab.close();
  }

  private Recipe recipe() throws Exception {
    return lab.recipe(lab.objects("a", 12, 12), lab.folder("b", 2, 2));
  }

  private Recipe intoFolder() throws Exception {
    lab.targetPlace = Place.of(root.resolve("out/mix"));
    return recipe();
  }

  @Test
  void noSecret_isInTheReport_theCatalogue_theState_orTheLogs() throws Exception {
    Recipe recipe = recipe();
    lab.wire.failing(MADE, 1, 403, "InvalidAccessKeyId");
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream err = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      LoggerFactory.getLogger(ObjectFaultsTest.class).warn("logs are captured");
      assertThatThrownBy(() -> lab.run(recipe))
          .hasMessageContaining("AWS_ACCESS_KEY_ID")
          .hasMessageNotContaining(S3ProxyServer.SECRET);
      lab.heal();
      lab.run(recipe);
    } finally {
      System.setErr(err);
    }
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("logs are captured")
        .doesNotContain(S3ProxyServer.SECRET);
    List<String> read = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        read.add(file.getFileName().toString());
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(bytes.contains(S3ProxyServer.SECRET)).as(file.toString()).isFalse();
      }
    }
    assertThat(read).contains("catalog.db", "manifest.jsonl");
    for (String path : ObjectLab.all(lab.target).keySet()) {
      assertThat(ObjectLab.text(lab.target, path)).doesNotContain(S3ProxyServer.SECRET);
    }
  }

  private static Predicate<Wire.Request> every(int n, Predicate<Wire.Request> which) {
    AtomicInteger seen = new AtomicInteger();
    return r -> which.test(r) && seen.incrementAndGet() % n == 0;
  }

  @Test
  void slowDownsAndLostAnswers_areOvercome_andEachObjectIsMadeOnce() throws Exception {
    lab.first(every(3, MADE), 20, exchange -> exchange.answerError(503, "SlowDown"));
    lab.first(every(4, MADE), 20, Exchange::carryOutAndDrop);
    lab.assertPublished(lab.run(recipe()), 14);
  }

  @Test
  void aStoreThatIsBusyForAWhile_isWaitedForInTheSameRun() throws Exception {
    Recipe recipe = lab.recipe(lab.objects("a", 1, 1));
    // Each try is four attempts of the store.
    lab.first(MADE, 20, exchange -> exchange.answerError(503, "SlowDown"));
    lab.assertPublished(lab.run(recipe), 1);
  }

  @Test
  void aStoreThatStaysBusy_isAskedAgain_thenTheTaskStopsAndGoesOnLater() throws Exception {
    Recipe recipe = recipe();
    lab.first(MADE, 1_000_000, exchange -> exchange.answerError(503, "SlowDown"));
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOf(TaskFailedException.class)
        .hasMessageContaining("slow down");
    assertThat(lab.task().resumable()).isTrue();
    lab.heal();
    lab.assertPublished(lab.run(recipe), 14);
  }

  @Test
  void answersThatAreAlwaysLost_stopTheTask_whichFindsItsObjectsLater() throws Exception {
    Recipe recipe = recipe();
    lab.first(MADE, 1_000_000, Exchange::drop);
    assertThatThrownBy(() -> lab.run(recipe)).isInstanceOf(TaskFailedException.class);
    assertThat(lab.task().resumable()).isTrue();
    lab.heal();
    lab.assertPublished(lab.run(recipe), 14);
  }

  @Test
  void rightsThatAreTakenInMidRun_stopTheTask_whichGoesOnWhenTheyAreBack() throws Exception {
    Recipe recipe = recipe();
    lab.first(every(5, MADE), 1_000_000, exchange -> exchange.answerError(403, "AccessDenied"));
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOf(TaskFailedException.class)
        .hasMessageContaining("denied");
    assertThat(lab.task().status()).isEqualTo(Task.Status.FAILED);
    lab.heal();
    lab.assertPublished(lab.run(recipe), 14);
  }

  @Test
  void aBucketThatIsGone_stopsTheTask_once() throws Exception {
    Recipe recipe = recipe();
    lab.first(MIX, 1_000_000, exchange -> exchange.answerError(404, "NoSuchBucket"));
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOf(TaskFailedException.class)
        .hasMessageContaining("no such bucket")
        .hasMessageContaining("admix.s3.endpoint");
    lab.heal();
    lab.assertPublished(lab.run(recipe), 14);
  }

  @Test
  void anAnswerToTheMarkerThatIsLost_publishesOnce() throws Exception {
    lab.first(
        r -> r.method().equals("PUT") && r.target().contains("_ADMIX/manifest.jsonl"),
        1,
        Exchange::carryOutAndDrop);
    lab.assertPublished(lab.run(recipe()), 14);
  }

  @Test
  void aSourceThatChangesAfterItWasPlanned_failsByName() throws Exception {
    Recipe recipe = lab.recipe(lab.objects("a", 3, 3), lab.folder("b", 2, 2));
    assertThatThrownBy(() -> lab.run(lab.dyingAt(Point.PLACING_STARTED, 1), recipe))
        .isInstanceOf(Lab.Crash.class);
    ObjectLab.put(lab.dataOf("a"), "d00/f0001.txt", "other");
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOfSatisfying(
            TaskFailedException.class,
            e -> assertThat(e.failures().toString()).contains("SOURCE_CHANGED", "f0001"));
    assertThat(ObjectLab.files(lab.target)).doesNotContain("a/d00/f0001.txt");
  }

  @Test
  void objects_becomeFilesWithTheirTime_behindStagingAndRename() throws Exception {
    RunReport report = lab.run(intoFolder());
    assertThat(report.target().files()).isEqualTo(14);
    Path file = root.resolve("out/mix/a/d01/f0011.txt");
    assertThat(file).hasContent("a 11\n");
    Instant written =
        ObjectLab.plain()
            .headObject(
                b -> b.bucket(lab.data.bucket()).key(lab.dataOf("a").object("d01/f0011.txt").key()))
            .lastModified();
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.from(written));
    assertThat(Lab.files(root.resolve("out"))).hasSize(14);
    assertThat(lab.mixes().verify("mix").isClean()).isTrue();
    ObjectLab.put(lab.dataOf("a"), "d00/f0002.txt", "drifted");
    assertThat(lab.mixes().verify("mix").drifted()).isEqualTo(1);
  }

  @Test
  void connectionsThatBreakWhileObjectsAreFetched_areTakenUpAgain_andSpoiledBytesAreNotKept()
      throws Exception {
    Recipe recipe = intoFolder();
    lab.first(every(2, GET), 5, exchange -> exchange.cutAfter(1));
    lab.first(every(5, GET), 2, exchange -> exchange.spoil(0));
    assertThat(lab.run(recipe).target().files()).isEqualTo(14);
    for (int i = 0; i < 12; i++) {
      assertThat(root.resolve("out/mix/a").resolve(ObjectLab.pathOf(i)))
          .hasContent("a " + i + "\n");
    }
  }

  @Test
  void aRunnerThatDiedWhileItFetched_isGoneOnWith() throws Exception {
    Recipe recipe = intoFolder();
    assertThatThrownBy(() -> lab.run(lab.dyingAt(Point.RUN_PLACED, 1), recipe))
        .isInstanceOf(Lab.Crash.class);
    assertThat(lab.run(recipe).target().files()).isEqualTo(14);
    assertThat(lab.mixes().verify("mix").isClean()).isTrue();
  }

  /** After a failed sync pages may be spoiled that nobody will write any more. */
  @Test
  void filesWhoseSyncFailed_areFetchedAgain() throws Exception {
    Recipe recipe = intoFolder();
    FaultLayer files = new FaultLayer(lab.access);
    files.around(
        Operation.SYNC_VOLUME,
        (call, act) -> {
          spoil(lab.stagingFile("a/d00/f0003.txt"), "X 3\n");
          spoil(lab.stagingFile("a/d01/f0011.txt"), "");
          throw new Fault("syncfs", Errno.EIO, call.path(), "");
        });
    lab.access = files;
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOf(TaskFailedException.class)
        .hasMessageContaining("copies are made again");
    lab.access = FileAccess.best();
    assertThat(lab.run(recipe).target().files()).isEqualTo(14);
    assertThat(root.resolve("out/mix/a/d00/f0003.txt")).hasContent("a 3\n");
    assertThat(root.resolve("out/mix/a/d01/f0011.txt")).hasContent("a 11\n");
  }

  /** The time stays: of delayed pages it is on the disk before they are. */
  private static void spoil(Path file, String text) {
    try {
      FileTime time = Files.getLastModifiedTime(file);
      Files.writeString(file, text);
      Files.setLastModifiedTime(file, time);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aListingThatBreaksOff_isNotTakenForAnEmptyPlace_whenATaskIsCancelled() throws Exception {
    Recipe recipe = lab.recipe(lab.objects("a", 3, 3));
    assertThatThrownBy(() -> lab.run(lab.dyingAt(Point.ALL_PLACED, 1), recipe))
        .isInstanceOf(Lab.Crash.class);
    lab.first(
        r -> r.isList() && !r.target().contains("_ADMIX"),
        1,
        exchange ->
            exchange.answer(
                200,
                "<ListBucketResult><KeyCount>0</KeyCount><IsTruncated>true</IsTruncated></ListBucketResult>"));
    assertThatThrownBy(() -> lab.mixes().cancel(lab.task().id()))
        .hasMessageContaining("not the last one");
    assertThat(ObjectLab.all(lab.target)).hasSize(4).containsKey("_ADMIX/claim.json");
    lab.mixes().cancel(lab.task().id());
    assertThat(ObjectLab.all(lab.target)).isEmpty();
  }

  @Test
  void aRowWhoseKeyNoObjectCanHave_isSkippedByName_alsoIntoAFolder() throws Exception {
    ObjectLab.put(lab.dataOf("set"), "good", "text");
    String place = Place.of(lab.dataOf("set")).toString();
    try (FileWriter writer = lab.catalog.datasets().register("set", place, "TEXT")) {
      writer.add(new NewFile("good", 4, Instant.EPOCH, null, null, null, null));
      writer.add(
          new NewFile("long/" + "ü/".repeat(400) + "f", 4, Instant.EPOCH, null, null, null, null));
      writer.commit();
    }
    lab.targetPlace = Place.of(root.resolve("out/mix"));
    SourceSpec rows =
        new SourceSpec("set", new Origin.Dataset("set"), new Share.Count(2), Filter.ALL);
    RunReport report = lab.run(lab.recipe(OnError.SKIP, rows));
    assertThat(report.target().files()).isEqualTo(1);
    assertThat(report.failures().toString()).contains("UNSAFE_PATH", "long/");
  }

  @Test
  void requestsPerObject_areAsPromised() throws Exception {
    lab.run(lab.recipe(lab.objects("a", 30, 30), lab.folder("b", 10, 10)));
    assertThat(lab.wire.count(MIX.and(r -> r.isCopy()))).as("copies").isEqualTo(30);
    assertThat(lab.wire.count(ObjectLab.HEAD.and(r -> r.target().contains("/data/a/d"))))
        .as("looks at sources")
        .isEqualTo(30);
    assertThat(lab.wire.count(MIX.and(ObjectLab.PUT))).as("files that were sent").isEqualTo(10);
    assertThat(lab.wire.count(MIX.and(ObjectLab.HEAD))).as("looks at targets").isZero();
    assertThat(lab.wire.count(r -> true)).as("all, with claim, probe and listings").isLessThan(125);
  }
}
