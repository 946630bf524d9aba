package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.admix.catalog.Actor;
import io.admix.catalog.FileWriter;
import io.admix.catalog.Ids;
import io.admix.catalog.NewFile;
import io.admix.core.recipe.Recipe;
import io.admix.engine.AllowedRoots;
import io.admix.engine.ConflictException;
import io.admix.engine.NotThereException;
import io.admix.engine.StopSignal;
import io.admix.engine.place.LazyStore;
import io.admix.engine.plan.InvalidPlanException;
import io.admix.engine.plan.KeptPlan;
import io.admix.engine.plan.KeptPlans;
import io.admix.engine.plan.PlanException;
import io.admix.engine.plan.PlanRequest;
import io.admix.engine.plan.PlanScope;
import io.admix.engine.plan.Planner;
import io.admix.engine.recipe.RecipeReader;
import io.admix.engine.report.RunReport;
import io.admix.engine.settings.ServerSettings;
import io.admix.engine.settings.Settings;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dry runs of the service: made for an owner, kept for a while, told to nobody else. */
class KeptPlansTest {
  private static final Actor ALICE = Actor.of("alice");
  private static final Actor BOB = Actor.of("bob");

  @TempDir Path folder;
  private Lab lab;
  private Path allowed;
  private KeptPlans plans;

  @BeforeEach
  void open() throws Exception {
    Path root = folder.toRealPath();
    lab = new Lab(root);
    allowed = Files.createDirectories(root.resolve("allowed"));
    plans =
        MixesFactory.plans(
            lab.catalog, FileAccess.best(), settings(), new LazyStore(settings().s3().store()));
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private Settings settings() {
    Settings s = lab.settings();
    ServerSettings d = s.server();
    return new Settings(
        s.home(),
        s.databaseUrl(),
        null,
        null,
        s.stateDir(),
        s.zone(),
        s.copy(),
        s.leaseSeconds(),
        s.keepPlans(),
        new ServerSettings(
            d.dataRoot(),
            List.of(allowed),
            d.tasksRunning(),
            d.tasksWaiting(),
            d.port(),
            d.address(),
            d.publicUrl(),
            d.hosts(),
            d.maxBodyBytes(),
            d.grace(),
            d.logFormat(),
            d.security(),
            d.datamateUntaggedMatch()));
  }

  private Path files(String name, int count) throws Exception {
    Path source = Files.createDirectories(allowed.resolve(name));
    for (int i = 0; i < count; i++) {
      Files.writeString(source.resolve("f" + i + ".txt"), name + i);
    }
    return Sources.watch(source);
  }

  private void register(String owner, String name, Path source, int count) {
    try (FileWriter writer =
        lab.catalog.datasets().register(owner, name, source.toString(), "TEXT")) {
      for (int i = 0; i < count; i++) {
        writer.add(new NewFile("f" + i + ".txt", 5, Instant.EPOCH, null, null, null, null));
      }
      writer.commit();
    }
  }

  private static Recipe recipe(String source, int count) throws Exception {
    String text =
        "name: mix\ntarget: /somewhere/else\nsources:\n  - %s\n    count: %d\n"
            .formatted(source, count);
    return RecipeReader.read(text, Path.of("/")).recipe();
  }

  @Test
  void aPlanIsKeptForItsOwner_andCanBeRun() throws Exception {
    register("alice", "code", files("code", 8), 8);
    KeptPlan plan = plans.plan(ALICE, recipe("dataset: code", 5));
    Path target = settings().server().dataRoot().resolve(plan.datasetId());

    assertThat(plan.summary().targetPath()).isEqualTo(target.toString());
    assertThat(plan.summary().entries()).isEqualTo(5);
    assertThat(plan.expiresAt()).isEqualTo(plan.madeAt().plus(Duration.ofDays(30)));
    assertThat(plans.find(ALICE, plan.sha256())).contains(plan);
    assertThat(plans.find(Actor.SYSTEM, plan.sha256())).contains(plan);
    assertThat(plans.find(BOB, plan.sha256())).isEmpty();
    assertThatThrownBy(() -> plans.file(BOB, plan.sha256())).isInstanceOf(NotThereException.class);
    assertThat(lab.catalog.tasks().list()).as("nothing is registered").isEmpty();
    assertThat(target).doesNotExist();
    assertThat(scratch()).isEmpty();

    RunReport report =
        lab.mixes()
            .run(plans.file(ALICE, plan.sha256()), RunProgress.Listener.SILENT, new StopSignal());
    assertThat(report.plan().sha256()).isEqualTo(plan.summary().sha256());
    assertThat(report.target().path()).isEqualTo(target.toString());
    assertThat(lab.mixes().verify("mix").ok()).isEqualTo(5);
  }

  private List<String> scratch() throws Exception {
    try (var entries = Files.list(settings().stateDir())) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.equals("plans"))
          .toList();
    }
  }

  @Test
  void anothersDatasetIsNotThere_andNamesOnlyWhatMayBeSeen() throws Exception {
    register("bob", "secret-code", files("code", 3), 3);
    assertThatThrownBy(() -> plans.plan(ALICE, recipe("dataset: secret-cod", 2)))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("none is registered yet");
    assertThatThrownBy(() -> plans.plan(ALICE, recipe("dataset: secret-code", 2)))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("there is no dataset `secret-code`");
    assertThatThrownBy(() -> plans.plan(ALICE, recipe("dataset: " + id(BOB, "secret-code"), 2)))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("there is no dataset");
    assertThat(plans.plan(BOB, recipe("dataset: " + id(BOB, "secret-code"), 2)).summary())
        .satisfies(summary -> assertThat(summary.entries()).isEqualTo(2));
  }

  private String id(Actor actor, String name) {
    return lab.catalog.datasets().find(actor, name).orElseThrow().id();
  }

  @Test
  void foldersAndDatasetsOutsideTheAllowedRootsAreRefused() throws Exception {
    Path outside = Files.createDirectories(folder.toRealPath().resolve("outside"));
    Files.writeString(outside.resolve("f0.txt"), "x");
    Sources.watch(outside);
    register("alice", "elsewhere", outside, 1);
    Files.createSymbolicLink(allowed.resolve("way-out"), outside);
    for (String source :
        List.of(
            "path: " + outside,
            "path: " + allowed.resolve("way-out"),
            "path: " + allowed + "/../outside",
            "path: /etc",
            "path: " + settings().home(),
            "dataset: elsewhere")) {
      assertThatThrownBy(() -> plans.plan(ALICE, recipe(source, 1)))
          .as(source)
          .isInstanceOf(PlanException.class)
          .hasMessageContaining("admix.allowed-roots");
    }
    Path bobs =
        Files.createDirectories(settings().server().dataRoot().resolve(Ids.next()).resolve("a"));
    for (Path mixes : List.of(bobs, bobs.getParent(), bobs.getParent().getParent())) {
      assertThatThrownBy(() -> plans.plan(ALICE, recipe("path: " + mixes, 1)))
          .isInstanceOf(PlanException.class)
          .hasMessageContaining("of this service");
    }
    files("inside", 3);
    assertThat(plans.plan(ALICE, recipe("path: " + allowed.resolve("inside"), 2)).summary())
        .satisfies(summary -> assertThat(summary.entries()).isEqualTo(2));
    assertThat(scratch()).isEmpty();
  }

  /** Whoever may write below a root could put anything in the place of what he registered. */
  @Test
  void aRegisteredFolderThatIsReplacedByALinkToAnothersMix_isRefused() throws Exception {
    Path data = settings().server().dataRoot();
    for (String owner : List.of("alice", "bob")) {
      Path mix = Files.createDirectories(data.resolve(id(owner)));
      Files.writeString(mix.resolve("f0.txt"), "made for " + owner);
      Sources.watch(mix);
    }
    Path staged = Files.createDirectories(data.resolve(".admix-staged"));
    register("alice", "code", allowed.resolve("code"), 1);
    for (Path anothers : List.of(data.resolve(id("bob")), staged, data, settings().stateDir())) {
      Files.createSymbolicLink(allowed.resolve("code"), anothers);
      assertThatThrownBy(() -> plans.plan(ALICE, recipe("dataset: code", 1)))
          .as("%s", anothers)
          .isInstanceOf(PlanException.class);
      FileAccess guarded =
          AllowedRoots.of(settings()).guard(FileAccess.best(), id("alice")::equals);
      assertThatThrownBy(() -> guarded.open(allowed.resolve("code")))
          .as("%s", anothers)
          .isInstanceOf(Fault.class);
      Files.delete(allowed.resolve("code"));
    }
    Files.createSymbolicLink(allowed.resolve("code"), data.resolve(id("alice")));
    assertThat(plans.plan(ALICE, recipe("dataset: code", 1)).summary().entries()).isEqualTo(1);
  }

  @Test
  void aDatasetThatIsNamedLikeAnothersId_isNotTakenForIt_whereIdsAreMeant() throws Exception {
    register("alice", "code", files("code", 1), 1);
    String id = id(ALICE, "code");
    register("alice", id, allowed.resolve("not-there"), 1);
    PlanScope byId = new PlanScope(ALICE, AllowedRoots.of(settings()), true);
    Planner.check(lab.catalog, request(id, byId));
    assertThatThrownBy(
            () -> Planner.check(lab.catalog, request(id, new PlanScope(ALICE, byId.roots()))))
        .as("by name")
        .isInstanceOf(PlanException.class);
  }

  private PlanRequest request(String dataset, PlanScope scope) throws Exception {
    Path target = settings().server().dataRoot().resolve("mix");
    return new PlanRequest(
        recipe("dataset: " + dataset, 1),
        allowed,
        target,
        settings().zone(),
        PlanRequest.TargetCheck.MUST_BE_FREE,
        scope);
  }

  /** Links of a catalogue may lead to whatever lies below the roots, and to nothing else. */
  @Test
  void linksOfADatasetAreFollowedBelowTheAllowedRootsOnly() throws Exception {
    Path store = files("store", 2);
    Path outside = Files.createDirectories(folder.toRealPath().resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    Sources.watch(outside);
    register("alice", "outside", outside, 1);
    Path theirs = Files.createDirectories(allowed.resolve("theirs"));
    Files.createSymbolicLink(theirs.resolve("f0.txt"), store.resolve("f0.txt"));
    Files.createSymbolicLink(theirs.resolve("f1.txt"), outside.resolve("secret"));
    Files.createSymbolicLink(theirs.resolve("f2.txt"), settings().home().resolve("catalog.db"));
    Path data = settings().server().dataRoot();
    for (String owner : List.of("alice", "bob")) {
      Path mix = Files.createDirectories(data.resolve(id(owner)));
      Files.writeString(mix.resolve("f"), "secret of " + owner);
      Sources.watch(mix);
      Files.createSymbolicLink(
          theirs.resolve(owner.equals("alice") ? "f3.txt" : "f4.txt"), mix.resolve("f"));
    }
    Sources.watch(theirs);
    register("alice", "theirs", theirs, 5);

    KeptPlan plan = plans.plan(ALICE, recipe("dataset: theirs", 5));

    assertThat(plan.summary().unseen()).isEqualTo(3);
    assertThat(plan.summary().warnings())
        .anySatisfy(
            w -> assertThat(w).contains("3 chosen files are symbolic links, which are not"));
    assertThat(Files.readString(plans.file(ALICE, plan.sha256())))
        .contains("\"real\":\"" + store.resolve("f0.txt") + "\"", id("alice") + "/f\"")
        .doesNotContain("secret", "catalog.db", id("bob"));
  }

  /** The id of a dataset that is only there to own a folder of the data root. */
  private String id(String owner) {
    String name = "mix of " + owner;
    if (lab.catalog.datasets().find(Actor.of(owner), name).isEmpty()) {
      register(owner, name, Path.of("/x"), 1);
    }
    return id(Actor.of(owner), name);
  }

  @Test
  void aDamagedPlanIsToldAndAnExpiredOneGoes() throws Exception {
    register("alice", "code", files("code", 8), 8);
    KeptPlan damaged = plans.plan(ALICE, recipe("dataset: code", 5));
    Path file = plans.file(ALICE, damaged.sha256());
    Files.writeString(file, Files.readString(file).replaceFirst("\"f\\d", "\"g0"));
    assertThatThrownBy(() -> plans.file(ALICE, damaged.sha256()))
        .isInstanceOf(InvalidPlanException.class)
        .hasMessageContaining("edited");
    KeptPlan other = plans.plan(ALICE, recipe("dataset: code", 3));
    Files.copy(
        plans.file(ALICE, other.sha256()), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> plans.file(ALICE, damaged.sha256()))
        .as("another plan under its name")
        .isInstanceOf(InvalidPlanException.class);
    Files.writeString(file, "");
    assertThat(plans.find(ALICE, damaged.sha256())).isEmpty();

    FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(31)));
    for (Path entry : entries()) {
      if (entry.toString().contains(damaged.sha256())) {
        Files.setLastModifiedTime(entry, old);
      }
    }
    new Housekeeping(services(settings())).clean();
    assertThat(entries()).hasSize(2);
    assertThat(plans.find(ALICE, other.sha256())).contains(other);
    assertThat(lab.mixes().leftovers()).as("the folder of plans is nobody's leftover").isEmpty();
    for (String odd : List.of("", "..", "plans", "a".repeat(63), "A".repeat(64))) {
      assertThat(plans.find(ALICE, odd)).isEmpty();
      assertThatThrownBy(() -> plans.file(ALICE, odd)).isInstanceOf(NotThereException.class);
    }
  }

  private List<Path> entries() throws Exception {
    try (var entries = Files.list(settings().stateDir().resolve("plans"))) {
      return entries.toList();
    }
  }

  private Services services(Settings settings) {
    return Services.of(lab.catalog, FileAccess.best(), settings);
  }

  @Test
  void aFewPlansAreMadeAtATime_othersWait_andTooManyAreRefused() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(2);
    Services real = services(settings());
    register("system", "code", files("code", 8), 8);
    KeptPlans slow =
        new PlanKeeper(
            new Services(
                real.catalog(),
                real.access(),
                real.settings(),
                real.state(),
                (request, scratch, file, progress) -> {
                  begun.countDown();
                  go.await();
                  return real.planner().plan(request, scratch, file, progress);
                },
                CrashPoints.NONE));
    Recipe recipe = recipe("dataset: code", 2);
    try (ExecutorService callers = Executors.newCachedThreadPool()) {
      List<Future<KeptPlan>> made = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        made.add(callers.submit(() -> slow.plan(ALICE, recipe)));
      }
      begun.await();
      await()
          .untilAsserted(() ->
              assertThatThrownBy(() -> slow.plan(ALICE, recipe))
                  .isInstanceOf(ConflictException.class)
                  .hasMessageContaining("4 of them yours"));
      made.add(callers.submit(() -> slow.plan(BOB, recipe)));
      go.countDown();
      for (Future<KeptPlan> plan : made) {
        assertThat(plan.get().summary().entries()).isEqualTo(2);
      }
    }
    assertThat(slow.plan(ALICE, recipe).summary().entries()).as("places are free").isEqualTo(2);
  }
}
