package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogSettings;
import io.admix.catalog.Datasets;
import io.admix.catalog.Task;
import io.admix.core.recipe.Filter;
import io.admix.core.recipe.Layout;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.OnError;
import io.admix.core.recipe.OnShortage;
import io.admix.core.recipe.Origin;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.Share;
import io.admix.core.recipe.SourceSpec;
import io.admix.core.recipe.Total;
import io.admix.engine.RunMeter;
import io.admix.engine.StopSignal;
import io.admix.engine.pace.PaceMemory;
import io.admix.engine.place.LazyStore;
import io.admix.engine.place.Place;
import io.admix.engine.recipe.RecipeDocument;
import io.admix.engine.report.RunReport;
import io.admix.engine.settings.CopySettings;
import io.admix.engine.settings.S3Settings;
import io.admix.engine.settings.ServerSettings;
import io.admix.engine.settings.Settings;
import io.admix.files.FileAccess;
import io.admix.files.Placer;
import io.admix.files.Sources;
import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectSettings;
import io.admix.files.object.ObjectStore;
import io.admix.files.object.PartLimits;
import io.admix.files.s3.ConditionalCopies;
import io.admix.files.s3.S3ProxyServer;
import io.admix.files.s3.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Places of objects on a real server, behind a wire, and engines over them. */
final class ObjectLab implements AutoCloseable {
  private static String bucket;
  private static int places;

  static final Predicate<Wire.Request> COPY = r -> r.isCopy() && !r.isPart();
  static final Predicate<Wire.Request> PUT =
      r -> r.method().equals("PUT") && !r.isCopy() && !r.isPart();
  static final Predicate<Wire.Request> HEAD = r -> r.method().equals("HEAD");
  static final Predicate<Wire.Request> DELETE = r -> r.method().equals("DELETE");

  final Path root;
  final Wire wire;
  final ObjectPlace data;
  final ObjectPlace target;
  final Catalog catalog;
  private final LazyStore objects;
  Place targetPlace;
  CrashPoints crash = CrashPoints.NONE;
  int leaseSeconds = 30;
  FileAccess access = FileAccess.best();

  ObjectLab(Path root) throws Exception {
    this.root = root;
    synchronized (ObjectLab.class) {
      bucket = bucket == null ? S3ProxyServer.shared().bucket() : bucket;
      String place = "lab" + places++;
      data = new ObjectPlace(bucket, place + "/data/");
      target = new ObjectPlace(bucket, place + "/out/mix/");
    }
    targetPlace = Place.of(target);
    wire = ConditionalCopies.over(new Wire(S3ProxyServer.shared().port()));
    ObjectStore store = S3ProxyServer.store(wire.port());
    objects = new LazyStore(store);
    catalog =
        Catalog.open(
            new CatalogSettings(
                "jdbc:sqlite:"
                    + Files.createDirectories(root.resolve("home")).resolve("catalog.db"),
                null,
                null,
                ZoneOffset.UTC,
                Clock.systemUTC()));
  }

  /** A crash of the process: nothing is released. */
  MixService dyingAt(CrashPoints.Point point, int time) {
    int[] seen = new int[1];
    crash =
        at -> {
          if (at == point && ++seen[0] == time) {
            throw new Lab.Crash(point);
          }
        };
    MixService dying = mixes();
    crash = CrashPoints.NONE;
    return dying;
  }

  Settings settings() {
    Path home = root.resolve("home");
    ObjectSettings store = S3ProxyServer.settings(wire.port());
    return new Settings(
        home,
        "jdbc:sqlite:" + home.resolve("catalog.db"),
        null,
        null,
        home.resolve("state"),
        ZoneOffset.UTC,
        new CopySettings(8, 128, 4.0, 32L << 20, 0.2, true, 10, 1, true),
        leaseSeconds,
        Duration.ofDays(7),
        ServerSettings.defaults(home),
        new S3Settings(store, PartLimits.DEFAULT, List.of()));
  }

  Services services() {
    Services real = Services.of(catalog, access, settings(), RunMeter.NONE, objects);
    return new Services(
        catalog,
        real.access(),
        real.settings(),
        real.state(),
        real.planner(),
        crash,
        Placer::new,
        RunMeter.NONE,
        new PaceMemory(),
        objects);
  }

  /** A fresh engine, as a new process would open it. */
  MixService mixes() {
    return new MixService(services());
  }

  static S3Client plain() {
    return S3ProxyServer.shared().plain();
  }

  static void put(ObjectPlace place, String path, String text) {
    plain()
        .putObject(
            b ->
                b.bucket(place.bucket())
                    .key(place.object(path).key())
                    .metadata(Map.of("colour", "blue")),
            RequestBody.fromString(text, StandardCharsets.UTF_8));
  }

  static String text(ObjectPlace place, String path) {
    return plain()
        .getObjectAsBytes(b -> b.bucket(place.bucket()).key(place.object(path).key()))
        .asUtf8String();
  }

  static void delete(ObjectPlace place, String path) {
    plain().deleteObject(b -> b.bucket(place.bucket()).key(place.object(path).key()));
  }

  /** Relative paths and entity tags of all that lies below a place, Admix's own among it. */
  static TreeMap<String, String> all(ObjectPlace place) {
    TreeMap<String, String> all = new TreeMap<>();
    for (S3Object object :
        plain()
            .listObjectsV2Paginator(b -> b.bucket(place.bucket()).prefix(place.prefix()))
            .contents()) {
      all.put(object.key().substring(place.prefix().length()), object.eTag());
    }
    return all;
  }

  static Set<String> files(ObjectPlace place) {
    Set<String> files = new TreeSet<>(all(place).keySet());
    files.removeIf(path -> path.startsWith("_ADMIX/"));
    return files;
  }

  /** Objects of a source, in folders of at most ten. */
  SourceSpec objects(String name, int files, int count) {
    ObjectPlace place = dataOf(name);
    for (int i = 0; i < files; i++) {
      put(place, pathOf(i), name + " " + i + "\n");
    }
    return source(name, Place.of(place).toString(), count);
  }

  ObjectPlace dataOf(String name) {
    return new ObjectPlace(bucket, data.prefix() + name + "/");
  }

  static String pathOf(int index) {
    return "d%02d/f%04d.txt".formatted(index / 10, index);
  }

  SourceSpec folder(String name, int files, int count) throws IOException {
    Path folder = root.resolve("data").resolve(name);
    for (int i = 0; i < files; i++) {
      Path file = folder.resolve(pathOf(i));
      Files.createDirectories(file.getParent());
      Files.writeString(file, name + " " + i + "\n");
    }
    Sources.watch(folder);
    return source(name, folder.toString(), count);
  }

  private static SourceSpec source(String name, String path, int count) {
    return new SourceSpec(name, new Origin.Folder(path), new Share.Count(count), Filter.ALL);
  }

  Recipe recipe(OnError onError, SourceSpec... sources) {
    return new Recipe(
        "mix",
        42L,
        new Total.OfCounts(),
        targetPlace.toString(),
        Layout.BY_SOURCE,
        List.of(LinkMethod.COPY),
        OnShortage.FAIL,
        onError,
        List.of(sources));
  }

  /** Does something else with the next so many such requests, before any other rule. */
  void first(Predicate<Wire.Request> which, int times, Wire.Act act) {
    wire.withFirst(which, times, act);
  }

  /** Passes everything on again. */
  void heal() {
    ConditionalCopies.over(wire.heal());
  }

  /** A file that the current task has placed, where its mix grows in a folder. */
  Path stagingFile(String path) {
    return root.resolve("out").resolve(".admix-" + task().id()).resolve(path);
  }

  /** Puts a foreign object under the first name that is about to be made; gives that name. */
  String[] foreignAtFirstCopy() {
    String[] name = new String[1];
    AtomicInteger left = new AtomicInteger(1);
    wire.before(
        r -> {
          boolean isFirst =
              COPY.test(r) && r.target().contains("/mix/a/") && left.getAndDecrement() == 1;
          if (isFirst) {
            name[0] = r.target().substring(r.target().indexOf("/mix/") + "/mix/".length());
          }
          return isFirst;
        },
        () -> put(target, name[0], "foreign"));
    return name;
  }

  Recipe recipe(SourceSpec... sources) {
    return recipe(OnError.FAIL, sources);
  }

  RunReport run(MixService mixes, Recipe recipe) throws Exception {
    return mixes.run(
        new RecipeDocument(recipe, root),
        OptionalLong.empty(),
        RunProgress.Listener.SILENT,
        new StopSignal());
  }

  RunReport run(Recipe recipe) throws Exception {
    return run(mixes(), recipe);
  }

  Task task() {
    return catalog.tasks().list().getFirst();
  }

  /** What must hold whenever a mix is published among objects. */
  void assertPublished(RunReport report, long files) throws Exception {
    assertThat(report.status()).isEqualTo("COMPLETED");
    assertThat(report.target().files()).isEqualTo(files);
    Set<String> there = files(target);
    assertThat(there).hasSize((int) files);
    assertThat(new TreeSet<>(rows())).isEqualTo(there);
    assertThat(rows()).doesNotHaveDuplicates();
    Path manifest = settings().stateDir().resolve(report.taskId()).resolve("manifest.jsonl");
    assertThat(text(target, "_ADMIX/manifest.jsonl")).isEqualTo(Files.readString(manifest));
    assertThat(all(target)).containsKey("_ADMIX/claim.json");
    assertNoUploads();
  }

  List<String> rows() {
    List<String> rows = new ArrayList<>();
    catalog
        .datasets()
        .scan(
            catalog.datasets().find("mix").orElseThrow(),
            Set.<Datasets.Column>of(),
            row -> rows.add(row.relativePath()));
    return rows;
  }

  void assertNoUploads() {
    assertThat(uploads()).isEmpty();
  }

  /** Numbers of the uploads in parts below the target that nobody has completed. */
  List<String> uploads() {
    return plain()
        .listMultipartUploads(b -> b.bucket(target.bucket()).prefix(target.prefix()))
        .uploads()
        .stream()
        .map(MultipartUpload::uploadId)
        .toList();
  }

  @Override
  public void close() throws Exception {
    objects.close();
    wire.close();
    catalog.close();
  }
}
