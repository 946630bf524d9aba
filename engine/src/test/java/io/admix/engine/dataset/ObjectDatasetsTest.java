package io.admix.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogSettings;
import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets;
import io.admix.engine.FieldsException;
import io.admix.engine.RefusedException;
import io.admix.engine.dataset.DatasetService.AddRequest;
import io.admix.engine.dataset.DatasetService.Checksums;
import io.admix.engine.dataset.DatasetService.FolderLabels;
import io.admix.engine.place.LazyStore;
import io.admix.engine.place.ObjectFacts;
import io.admix.engine.place.Place;
import io.admix.engine.settings.Settings;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import io.admix.files.FileAccess;
import io.admix.files.s3.S3ProxyServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** Places of objects as datasets, against a real server. */
final class ObjectDatasetsTest {
  private static String bucket;
  private static int places;

  @TempDir Path temp;
  private Catalog catalog;
  private LazyStore objects;
  private DatasetService service;
  private String prefix;

  @BeforeEach
  void open() throws Exception {
    bucket = bucket == null ? S3ProxyServer.shared().bucket() : bucket;
    prefix = "d" + places++ + "/";
    objects = new LazyStore(S3ProxyServer.settings(S3ProxyServer.shared().port()));
    catalog =
        Catalog.open(
            new CatalogSettings(
                "jdbc:sqlite:" + temp.resolve("c.db"),
                null,
                null,
                ZoneOffset.UTC,
                Clock.systemUTC()));
    service =
        DatasetService.of(
            catalog, FileAccess.portable(), objects, temp.resolve("state"), ZoneOffset.UTC);
  }

  @AfterEach
  void close() {
    catalog.close();
    objects.close();
  }

  @Test
  void objectsBecomeRows_withLabelsTagsAndEntityTags_andOddKeysAreNamed() throws Exception {
    put("x/a.txt", "1");
    put("x/b.txt", "22");
    put("y/c.txt", "333");
    put("y/", "");
    put("_ADMIX/manifest.jsonl", "own");
    put("z/" + "n".repeat(300), "long");
    Path tags = temp.resolve("tags.jsonl");
    Files.writeString(
        tags, "{\"path\":\"x/b.txt\",\"quality\":\"high\",\"metadata\":{\"note\":\"kept\"}}\n");
    DatasetService.Added added =
        service.add(
            new AddRequest("d", place(), null, tags, FolderLabels.FIRST_FOLDER, Checksums.NONE),
            DatasetService.Progress.SILENT);
    assertThat(added.dataset().files()).isEqualTo(3);
    assertThat(added.dataset().bytes()).isEqualTo(6);
    assertThat(added.dataset().type()).isEqualTo("TEXT");
    assertThat(added.dataset().path()).isEqualTo("s3://" + bucket + "/" + prefix);
    assertThat(added.passedOver())
        .contains("1 object whose key is", "/z/nnn", "1 folder marker", "1 of Admix's own");
    Map<String, String> rows = metadata(added.dataset());
    assertThat(rows.keySet()).containsExactly("x/a.txt", "x/b.txt", "y/c.txt");
    assertThat(rows.values()).allMatch(m -> ObjectFacts.read(m).isPresent());
    assertThat(rows.get("x/b.txt")).contains("\"note\":\"kept\"");
  }

  @Test
  void aRescan_takesWhatIsThereNow_andKeepsTagsAndMetadata() throws Exception {
    put("a", "1");
    put("b", "2");
    Path tags = temp.resolve("tags.jsonl");
    Files.writeString(tags, "{\"path\":\"a\",\"metadata\":{\"note\":\"kept\"}}\n");
    Dataset dataset =
        service
            .add(
                new AddRequest("d", place(), null, tags, FolderLabels.NONE, Checksums.NONE),
                DatasetService.Progress.SILENT)
            .dataset();
    String before = ObjectFacts.read(metadata(dataset).get("a")).orElseThrow().etag();
    put("a", "changed");
    S3ProxyServer.shared().plain().deleteObject(b -> b.bucket(bucket).key(prefix + "b"));
    put("c", "3");
    Dataset again = service.rescan("d", Checksums.NONE, DatasetService.Progress.SILENT).dataset();
    Map<String, String> rows = metadata(again);
    assertThat(rows.keySet()).containsExactly("a", "c");
    assertThat(rows.get("a")).contains("\"note\":\"kept\"");
    assertThat(ObjectFacts.read(rows.get("a")).orElseThrow().etag()).isNotEqualTo(before);
    service.remove("d", DatasetService.Files.KEEP, DatasetService.Progress.SILENT);
    assertThat(
            S3ProxyServer.shared()
                .plain()
                .listObjectsV2(b -> b.bucket(bucket).prefix(prefix))
                .keyCount())
        .as("objects of a registered dataset are never removed")
        .isEqualTo(2);
  }

  @Test
  void whatCannotBeRegistered_isRefusedByName_andNothingIsThere() throws Exception {
    assertThat(refused(place(), Checksums.NONE)).contains("no object below", prefix);
    put("a", "1");
    assertThat(refused(place(), Checksums.SHA256)).contains("No checksums are recorded of objects");
    assertThat(refused(Place.parse("s3://b-there-is-none/x"), Checksums.NONE))
        .contains("no such bucket", "cannot be listed")
        .doesNotContain(S3ProxyServer.SECRET);
    put("u/\uFB01", "1");
    put("u/\uD83D\uDE00", "2");
    assertThat(refused(place(), Checksums.NONE)).contains("not the order of their UTF-8 bytes");
    assertThat(service.list()).isEmpty();
    assertThat(temp.resolve("state")).isEmptyDirectory();
  }

  @Test
  void callersOfAService_registerBelowAllowedPlacesOnly() throws Exception {
    put("in/a", "1");
    String at = "s3://" + bucket + "/" + prefix;
    assertThat(refusedToCaller(settings(), at + "in")).contains("admix.s3.allowed");
    assertThat(refusedToCaller(settings("admix.s3.allowed=" + at + "in/deeper"), at + "in"))
        .contains("admix.s3.allowed");
    try (SharedDatasets shared = shared(settings("admix.s3.allowed=" + at + "in"))) {
      assertThat(shared.registerNow(Actor.of("alice"), request(at + "in")).files()).isEqualTo(1);
      assertThat(shared.registerNow(Actor.of("bob"), request(at + "in")).files()).isEqualTo(1);
    }
  }

  private String refusedToCaller(Settings settings, String place) {
    try (SharedDatasets shared = shared(settings)) {
      FieldsException e =
          catchThrowableOfType(
              FieldsException.class, () -> shared.registerNow(Actor.of("alice"), request(place)));
      return e.fields().toString();
    }
  }

  private static AddRequest request(String place) {
    return new AddRequest(
        "mine", Place.parse(place), null, null, FolderLabels.NONE, Checksums.NONE);
  }

  private SharedDatasets shared(Settings settings) {
    return SharedDatasets.of(catalog, FileAccess.best(), objects, settings);
  }

  private Settings settings(String... overrides) throws RefusedException {
    return SettingsLoader.load(
        new SettingsInput(
            temp.resolve("home").toString(), null, List.of(overrides), Map.of(), temp));
  }

  private String refused(Place place, Checksums checksums) {
    RefusedException e =
        catchThrowableOfType(
            RefusedException.class,
            () ->
                service.add(
                    new AddRequest("d", place, null, null, FolderLabels.NONE, checksums),
                    DatasetService.Progress.SILENT));
    return String.join("\n", e.problems());
  }

  private Map<String, String> metadata(Dataset dataset) {
    Map<String, String> rows = new TreeMap<>();
    catalog
        .datasets()
        .scan(
            dataset,
            EnumSet.of(Datasets.Column.METADATA),
            row -> rows.put(row.relativePath(), String.valueOf(row.metadata())));
    return rows;
  }

  private Place place() {
    return Place.parse("s3://" + bucket + "/" + prefix);
  }

  private void put(String path, String text) {
    S3ProxyServer.shared()
        .plain()
        .putObject(b -> b.bucket(bucket).key(prefix + path), RequestBody.fromString(text));
  }
}
