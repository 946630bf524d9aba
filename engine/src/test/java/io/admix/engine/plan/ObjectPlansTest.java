package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.admix.catalog.Dataset;
import io.admix.catalog.FileWriter;
import io.admix.catalog.NewFile;
import io.admix.core.plan.PlanEntry;
import io.admix.core.recipe.Recipe;
import io.admix.engine.dataset.DatasetService;
import io.admix.engine.dataset.DatasetService.AddRequest;
import io.admix.engine.dataset.DatasetService.Checksums;
import io.admix.engine.dataset.DatasetService.FolderLabels;
import io.admix.engine.place.LazyStore;
import io.admix.engine.place.Place;
import io.admix.files.FileAccess;
import io.admix.files.object.ObjectPlace;
import io.admix.files.s3.S3ProxyServer;
import io.admix.files.s3.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** Plans whose sources or target are places of objects, against a real server. */
final class ObjectPlansTest {
  private static String bucket;
  private static int places;

  @TempDir Path temp;
  private PlanKit kit;
  private Wire wire;
  private LazyStore objects;
  private Planner planner;
  private String prefix;

  @BeforeEach
  void open() throws Exception {
    bucket = bucket == null ? S3ProxyServer.shared().bucket() : bucket;
    prefix = "p" + places++;
    kit = new PlanKit(temp);
    wire = new Wire(S3ProxyServer.shared().port());
    objects = new LazyStore(S3ProxyServer.settings(wire.port()));
    planner =
        new Planner(kit.catalog, FileAccess.portable(), objects, kit.folder.resolve("scratch"));
  }

  @AfterEach
  void close() throws Exception {
    objects.close();
    wire.close();
    kit.close();
  }

  @Test
  void aPlaceByItself_isListed_andItsEntriesHoldTimesAndEntityTags() throws Exception {
    given("in/a.txt", "in/d/b.txt", "in/d/c.md", "inner/x.txt");
    PlanKit.Planned planned =
        plan(
            "name: m\nseed: 1\ntotal: 2\nsources:\n  - {path: '%s', count: 2, include: ['**/*.txt']}\n"
                .formatted(at("in")));
    assertThat(planned.mains())
        .extracting(PlanEntry::targetPath)
        .containsExactly("in/a.txt", "in/d/b.txt");
    assertThat(planned.mains())
        .allSatisfy(entry -> {
          assertThat(entry.etag()).startsWith("\"").endsWith("\"");
          assertThat(entry.seen().inode()).isEqualTo(PlanEntry.Seen.OBJECT);
          assertThat(entry.rowId()).isNull();
          assertThat(Instant.ofEpochMilli(entry.seen().modifiedNs() / 1_000_000))
              .isAfter(Instant.now().minusSeconds(3600));
        });
    assertThat(planned.summary().methods().keySet()).extracting(Enum::name).containsOnly("COPY");
    assertThat(wire.count(r -> true)).as("requests").isEqualTo(1);
  }

  @Test
  void aRegisteredPlace_isPlannedWithoutARequest_andAsItWasListed() throws Exception {
    given("data/a", "data/d/b", "data/d/c");
    register("set", "data");
    long before = wire.count(r -> true);
    PlanKit.Planned ofRows =
        plan("name: m\nseed: 1\ntotal: max\nsources:\n  - {dataset: set, weight: 1}\n");
    assertThat(wire.count(r -> true)).as("requests of the plan").isEqualTo(before);
    PlanKit.Planned listed =
        plan(
            "name: m\nseed: 1\ntotal: max\nsources:\n  - {path: '%s', weight: 1, name: set}\n"
                .formatted(at("data")));
    assertThat(ofRows.mains()).hasSize(3).allMatch(e -> e.rowId() != null);
    assertThat(ofRows.mains())
        .extracting(e -> e.sourcePath() + e.etag() + e.seen())
        .isEqualTo(listed.mains().stream().map(e -> e.sourcePath() + e.etag() + e.seen()).toList());
    assertThat(ofRows.summary().unseen()).isZero();
  }

  @Test
  void rowsOfWhichNoListingTold_areAskedOneByOne_andTheMissingAreTold() throws Exception {
    given("mix/a", "mix/b");
    String root = Place.of(place("mix")).toString();
    try (FileWriter writer = kit.catalog.datasets().register("mix", root, "TEXT")) {
      for (String path : List.of("a", "b", "gone")) {
        writer.add(new NewFile(path, 4, PlanKit.MODIFIED, null, null, null, null));
      }
      writer.commit();
    }
    PlanKit.Planned planned =
        plan("name: m\nseed: 1\ntotal: 3\nsources:\n  - {dataset: mix, weight: 1}\n");
    assertThat(wire.count(r -> r.method().equals("HEAD"))).isEqualTo(3);
    assertThat(planned.mains())
        .extracting(PlanEntry::sourceName, e -> e.etag() == null)
        .containsExactly(tuple("a", false), tuple("b", false), tuple("gone", true));
    assertThat(planned.summary().unseen()).isEqualTo(1);
    assertThat(planned.summary().warnings()).anyMatch(w -> w.contains("another size"));
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }

  @Test
  void aTargetThatIsNotEmpty_isRefused_andAClaimedOneAnotherWay() throws Exception {
    kit.file("src/f", 3);
    given("there/x", "claimed/_ADMIX/claim.json", "marked/", "free/_ADMIX/probe-x/1");
    assertThat(refused(intoObjects("there"))).contains(at("there") + "/ is not empty", "there/x");
    assertThat(refused(intoObjects("claimed"))).contains("_ADMIX/", "resume or cancel");
    assertThat(refused(intoObjects("marked"))).contains("marker of a folder");
    PlanSummary free = planInto(intoObjects("free"));
    assertThat(free.targetPath()).isEqualTo(at("free") + "/");
    assertThat(free.methods().keySet()).extracting(Enum::name).containsOnly("COPY");
    assertThat(wire.count(r -> !r.isList() && !r.method().equals("HEAD")))
        .as("nothing is written by a plan")
        .isZero();
  }

  @Test
  void aKeyThatWouldBeTooLong_isRefusedByName() throws Exception {
    kit.file("src/" + "ü".repeat(100), 3);
    assertThat(refused(intoObjects("l/" + "é".repeat(450))))
        .contains("its key has", "more than 1024");
  }

  @Test
  void aSourceThatIsNamedAsAdmixsOwnFolder_isRefused_whereTheTargetIsObjectsAndHasFoldersOfSources()
      throws Exception {
    kit.file("_ADMIX/manifest.jsonl", 3);
    String recipe =
        "name: m\nseed: 1\ntotal: 1\ntarget: '%s'\nlayout: %s\nsources:\n  - {path: '%s', weight: 1}\n";
    String own = kit.folder.resolve("_ADMIX").toString();
    assertThat(refused(recipe.formatted(at("own"), "by-source", own)))
        .contains("source `_ADMIX`", "for itself");
    assertThat(planInto(recipe.formatted(at("own"), "flat", own)).targetPath())
        .isEqualTo(at("own") + "/");
  }

  @Test
  void everythingWrongWithPlaces_isToldAtOnce() throws Exception {
    given("o/a", "o/i/b");
    register("outer", "o");
    String message =
        refused(
            """
            name: m
            seed: 1
            total: max
            target: %s
            link: [copy]
            sources:
              - {dataset: outer, weight: 1}
              - {path: '%s', weight: 1, name: inner}
            """
                .formatted(at("o/t"), at("o/i")));
    assertThat(message)
        .contains("source `outer`", "contains source `inner`", "a file would be counted twice")
        .contains("target " + at("o/t") + "/ lies inside source `outer`");
    assertThat(
            refused(
                "name: m\nseed: 1\ntotal: max\nlink: [hardlink, copy]\nsources:\n  - {dataset: outer, weight: 1}\n"))
        .contains("`hardlink`", "can only be copied", "source `outer`");
  }

  @Test
  void archivedObjects_areWarnedOf() throws Exception {
    String key = prefix + "/cold/a";
    wire.with(
        Wire.Request::isList,
        1,
        exchange ->
            exchange.answer(
                200,
                "<ListBucketResult><Name>%s</Name><IsTruncated>false</IsTruncated><Contents><Key>%s</Key><LastModified>2026-01-02T03:04:05.678Z</LastModified><ETag>&quot;e&quot;</ETag><Size>7</Size><StorageClass>DEEP_ARCHIVE</StorageClass></Contents></ListBucketResult>"
                    .formatted(bucket, key)));
    PlanKit.Planned planned =
        plan(
            "name: m\nseed: 1\ntotal: 1\nsources:\n  - {path: '%s', count: 1}\n"
                .formatted(at("cold")));
    assertThat(planned.summary().warnings())
        .anyMatch(w -> w.contains("1 chosen object is archived") && w.contains("restore it"));
    assertThat(planned.mains().getFirst().seen().modifiedNs())
        .isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z").toEpochMilli() * 1_000_000);
  }

  @Test
  void aStoreThatCannotBeUsed_isToldWithWhatToDo_withoutASecret() throws Exception {
    given("in/a");
    String recipe =
        "name: m\nseed: 1\ntotal: 1\nsources:\n  - {path: '%s', count: 1}\n".formatted(at("in"));
    assertThat(refused(recipe.replace(bucket, "b-no-such-bucket")))
        .contains("no such bucket", "admix.s3.endpoint");
    wire.failing(Wire.Request::isList, 9, 403, "AccessDenied");
    assertThat(refused(recipe)).contains("access is denied", "docs/s3.md");
    wire.heal().failing(Wire.Request::isList, 9, 503, "SlowDown");
    assertThat(refused(recipe)).contains("slow down", "Try again later");
    wire.heal();
    assertThat(refused(recipe.replace("in'", "none'"))).contains("no object below");
  }

  @Test
  void badCredentials_areToldByName() throws Exception {
    S3ProxyServer.shared();
    String secret = System.getProperty("aws.secretAccessKey");
    System.setProperty("aws.secretAccessKey", "guessed-by-nobody");
    try {
      assertThat(
              refused(
                  "name: m\nseed: 1\ntotal: 1\nsources:\n  - {path: '%s', count: 1}\n"
                      .formatted(at("in"))))
          .contains("credentials", "AWS_ACCESS_KEY_ID")
          .doesNotContain("guessed-by-nobody");
    } finally {
      System.setProperty("aws.secretAccessKey", secret);
    }
  }

  private String intoObjects(String target) {
    return "name: m\nseed: 1\ntotal: 1\ntarget: '%s'\nsources:\n  - {path: ./src, count: 1}\n"
        .formatted(at(target));
  }

  private Dataset register(String name, String path) throws Exception {
    return DatasetService.of(
            kit.catalog, FileAccess.portable(), objects, kit.folder.resolve("state"), PlanKit.ZONE)
        .add(
            new AddRequest(
                name, Place.of(place(path)), null, null, FolderLabels.NONE, Checksums.NONE),
            DatasetService.Progress.SILENT)
        .dataset();
  }

  private void given(String... paths) {
    for (String path : paths) {
      S3ProxyServer.shared()
          .plain()
          .putObject(b -> b.bucket(bucket).key(prefix + "/" + path), RequestBody.fromString(path));
    }
  }

  private ObjectPlace place(String path) {
    return ObjectPlace.parse(at(path));
  }

  private String at(String path) {
    return "s3://" + bucket + "/" + prefix + "/" + path;
  }

  private String refused(String yaml) {
    PlanException e = catchThrowableOfType(PlanException.class, () -> planInto(yaml));
    assertThat(e).as("refused").isNotNull();
    String text = String.join("\n", e.problems());
    assertThat(text).doesNotContain(S3ProxyServer.SECRET);
    return text;
  }

  private PlanSummary planInto(String yaml) throws Exception {
    Recipe recipe = kit.recipe(yaml);
    String target = recipe.target();
    Place place = target == null ? Place.of(kit.folder.resolve("target")) : Place.parse(target);
    return planner.plan(
        new PlanRequest(
            recipe,
            kit.folder,
            place,
            PlanKit.ZONE,
            PlanRequest.TargetCheck.MUST_BE_FREE,
            PlanScope.COMMAND),
        kit.folder.resolve("plan.jsonl"),
        PlanProgress.SILENT);
  }

  private PlanKit.Planned plan(String yaml) throws Exception {
    PlanSummary summary = planInto(yaml);
    Path file = kit.folder.resolve("plan.jsonl");
    List<PlanEntry> mains = new ArrayList<>();
    try (SealedPlan plan = SealedPlan.open(file)) {
      for (Iterator<PlanRun> runs = plan.runs(); runs.hasNext(); ) {
        mains.addAll(plan.entries(runs.next()));
      }
      assertThat(plan.header().summary()).isEqualTo(summary);
    }
    String text = Files.readString(file);
    assertThat(text).doesNotContain(S3ProxyServer.SECRET);
    return new PlanKit.Planned(summary, mains, List.of(), text);
  }
}
