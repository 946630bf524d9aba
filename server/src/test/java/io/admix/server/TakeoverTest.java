package io.admix.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.admix.catalog.Actor;
import io.admix.catalog.Task;
import io.admix.catalog.TaskOrigin;
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
import io.admix.engine.Admix;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import io.admix.engine.task.Submission;
import io.admix.engine.task.TaskEvent;
import io.admix.engine.task.TaskListener;
import io.admix.files.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real servers on one PostgreSQL: one freezes and wakes, then one is killed. */
class TakeoverTest {
  private static final int FILES = 3_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Actor ANN = Actor.of("ann");

  @TempDir Path temporary;
  private Path root;
  private Path data;

  @Test
  void aFrozenServersTask_andAKilledServers_arePublishedWhole_once_byTheOther() throws Exception {
    root = temporary.toRealPath();
    data = Files.createDirectories(root.resolve("sources/data"));
    for (int i = 0; i < FILES; i++) {
      Path folder = Files.createDirectories(data.resolve("d" + i % 40));
      Files.writeString(folder.resolve("f" + i), "file " + i);
    }
    Sources.watch(data);
    Path home = Files.createDirectories(root.resolve("home"));
    Map<String, String> database = ServerForTests.postgresDatabase();
    String[] settings = {
      "admix.allowed-roots=" + root.resolve("sources"), "admix.lease=5s", "admix.tasks.running=1"
    };
    // The engine of this test makes the tables; both servers start at once then.
    try (Admix admix = engine(home, database, settings);
        ServerProcess one = ServerProcess.start(home, root.resolve("one.log"), database, settings);
        ServerProcess two =
            ServerProcess.start(home, root.resolve("two.log"), database, settings)) {
      List<ServerProcess> servers = List.of(one.awaitReady(), two.awaitReady());
      freezeAndWake(admix, servers);
      kill(admix, servers);
    }
  }

  private Admix engine(Path home, Map<String, String> database, String... settings)
      throws Exception {
    return Admix.open(
        SettingsLoader.load(
            new SettingsInput(home.toString(), null, List.of(settings), database, root)));
  }

  private void freezeAndWake(Admix admix, List<ServerProcess> servers) throws Exception {
    Task task = submit(admix, "frozen");
    ServerProcess sleeper = placing(admix, task, servers);
    sleeper.signal("STOP");
    assertThat(now(admix, task).status()).as("stopped too late").isEqualTo(Task.Status.RUNNING);
    long frozenBy = now(admix, task).fence();
    requirePublished(admix, task);
    assertThat(now(admix, task).fence()).isGreaterThan(frozenBy);
    Map<Path, FileTime> published = facts(Path.of(task.targetPath()).getParent());

    sleeper.signal("CONT");
    sleeper.awaitLog("This process lost the task");
    assertThat(facts(Path.of(task.targetPath()).getParent()))
        .as("the one that woke placed and changed nothing")
        .isEqualTo(published);
    requirePublished(admix, task);
  }

  private void kill(Admix admix, List<ServerProcess> servers) throws Exception {
    Task task = submit(admix, "killed");
    placing(admix, task, servers).kill();
    requirePublished(admix, task);
  }

  private Task submit(Admix admix, String name) throws Exception {
    Recipe recipe =
        new Recipe(
            name,
            42L,
            new Total.OfCounts(),
            null,
            Layout.BY_SOURCE,
            List.of(LinkMethod.COPY),
            OnShortage.FAIL,
            OnError.FAIL,
            List.of(
                new SourceSpec(
                    "data",
                    new Origin.Folder(data.toString()),
                    new Share.Count(FILES),
                    Filter.ALL)));
    Submission submission = new Submission(recipe, name, TaskOrigin.SERVICE, null, null);
    return admix.background().submit(ANN, submission).task();
  }

  private static Task now(Admix admix, Task task) {
    return admix.background().find(ANN, task.id()).orElseThrow();
  }

  /** Waits until some files of the task are placed; the server that places them. */
  private static ServerProcess placing(Admix admix, Task task, List<ServerProcess> servers) {
    Path staging = Path.of(task.targetPath()).resolveSibling(".admix-" + task.id());
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> facts(staging).size() > 20);
    String runner = now(admix, task).runner().identity();
    return servers.stream()
        .filter(server -> runner.contains("|" + server.pid() + "|"))
        .findFirst()
        .orElseThrow();
  }

  private void requirePublished(Admix admix, Task task) throws Exception {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> now(admix, task).status() == Task.Status.COMPLETED);
    assertThat(facts(Path.of(task.targetPath()))).hasSize(FILES);
    assertThat(admix.mixes().verify(task.name()).isClean()).isTrue();
    List<String> completions = new CopyOnWriteArrayList<>();
    admix
        .background()
        .watch(
            ANN,
            task.id(),
            0,
            new TaskListener() {
              @Override
              public void event(TaskEvent event) {
                if (event.status() == Task.Status.COMPLETED) {
                  completions.add("completed");
                }
              }

              @Override
              public void ended() {
                completions.add("ended");
              }
            });
    await().atMost(PATIENCE).until(() -> completions.contains("ended"));
    assertThat(completions).containsExactly("completed", "ended");
  }

  /** Files below a folder with the times of their last change; some may go meanwhile. */
  private static Map<Path, FileTime> facts(Path folder) throws IOException {
    Map<Path, FileTime> facts = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return facts;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) walk::iterator) {
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          facts.put(path, Files.getLastModifiedTime(path));
        }
      }
    } catch (UncheckedIOException | NoSuchFileException moving) {
      return new TreeMap<>();
    }
    return facts;
  }
}
