package io.admix.engine.run;

import static org.awaitility.Awaitility.await;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogSettings;
import io.admix.catalog.SqliteForTests;
import io.admix.catalog.Task;
import io.admix.catalog.TaskOrigin;
import io.admix.catalog.TaskQueue;
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
import io.admix.engine.plan.KeptPlans;
import io.admix.engine.settings.Settings;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import io.admix.engine.task.BackgroundService;
import io.admix.engine.task.BackgroundTasks;
import io.admix.engine.task.Submission;
import io.admix.files.FileAccess;
import io.admix.files.Sources;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Servers' queues over one real catalogue and one state folder, whose runs stop at a gate. All runs
 * are real.
 */
public final class QueueLab implements AutoCloseable {
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  public final Path root;
  public final Gate gate = new Gate();
  private final CatalogSettings database;
  private final List<Node> nodes = new ArrayList<>();

  public QueueLab(Path folder) throws IOException {
    this(
        folder,
        SqliteForTests.settings(
            Files.createDirectories(folder.toRealPath().resolve("home")), Clock.systemUTC()));
  }

  public QueueLab(Path folder, CatalogSettings database) throws IOException {
    this.root = folder.toRealPath();
    this.database = database;
    Path data = Files.createDirectories(root.resolve("data"));
    for (int i = 0; i < 30; i++) {
      Files.writeString(data.resolve("f%02d.txt".formatted(i)), "file " + i);
    }
    Sources.watch(data);
  }

  /** A server's queue, not started. */
  public Node node(String... overrides) throws Exception {
    Map<String, String> environment = new HashMap<>();
    if (database.user() != null) {
      environment.put("ADMIX_DB_USER", database.user());
      environment.put("ADMIX_DB_PASSWORD", String.valueOf(database.password()));
    }
    List<String> settings = new ArrayList<>(List.of("admix.allowed-roots=" + root.resolve("data")));
    settings.addAll(List.of(overrides));
    Node node =
        new Node(
            SettingsLoader.load(
                new SettingsInput(
                    root.resolve("home").toString(), database.url(), settings, environment, root)));
    nodes.add(node);
    return node;
  }

  /** Takes so many files of the folder that every test has. */
  public Recipe recipe(String name, int files) {
    return recipe(name, files, root.resolve("data"));
  }

  public Recipe recipe(String name, int files, Path source) {
    return new Recipe(
        name,
        42L,
        new Total.OfCounts(),
        null,
        Layout.BY_SOURCE,
        List.of(LinkMethod.HARDLINK),
        OnShortage.FAIL,
        OnError.FAIL,
        List.of(
            new SourceSpec(
                "data", new Origin.Folder(source.toString()), new Share.Count(files), Filter.ALL)));
  }

  public Submission submission(String name) {
    return new Submission(recipe(name, 10), "Task " + name, TaskOrigin.SERVICE, null, null);
  }

  /** Changes the catalogue behind everybody's back; {@code {admix}} begins a table of ours. */
  public int sql(String statement) throws SQLException {
    String prefix = database.url().startsWith("jdbc:sqlite:") ? "admix_" : "admix.";
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement update = connection.createStatement()) {
      return update.executeUpdate(statement.replace("{admix}", prefix));
    }
  }

  @Override
  public void close() {
    gate.open();
    nodes.forEach(Node::close);
  }

  /** One server: its own connections, its own runs. */
  public final class Node implements AutoCloseable {
    public final Catalog catalog;
    public final BackgroundTasks tasks;
    public final KeptPlans plans;
    public final Settings settings;
    public final Mixes mixes;
    private final AtomicInteger looks = new AtomicInteger();

    /** Called before each question to the queue, with its name; may throw. */
    public volatile Consumer<String> before = question -> {};

    private Node(Settings settings) {
      this.settings = settings;
      Catalog real = Catalog.open(database);
      this.catalog = counting(Catalog.class, real);
      Services all = Services.of(catalog, FileAccess.best(), settings);
      Services services =
          new Services(catalog, all.access(), settings, all.state(), all.planner(), gate::pass);
      this.plans = new PlanKeeper(services);
      this.mixes = new MixService(services);
      this.tasks =
          new BackgroundService(
              catalog, mixes, new QueuedTasks(services), plans::file, settings.server());
    }

    /** The same catalogue, which counts how often somebody looked for work. */
    private <T> T counting(Class<T> type, Object real) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                before.accept(method.getName());
                if (method.getName().equals("candidates")) {
                  looks.incrementAndGet();
                }
                try {
                  Object answer = method.invoke(real, arguments);
                  return answer instanceof TaskQueue ? counting(TaskQueue.class, answer) : answer;
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              }));
    }

    /** How often it looked into the catalogue for work. */
    public int looks() {
      return looks.get();
    }

    public Node started() {
      tasks.start();
      return this;
    }

    public Task submit(String owner, String name) throws Exception {
      return tasks.submit(Actor.of(owner), submission(name)).task();
    }

    public Task now(Task task) {
      return catalog.tasks().byId(task.id()).orElseThrow();
    }

    public Task awaitStatus(Task task, Task.Status status) {
      await(task.taskName())
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> now(task).status() == status);
      return now(task);
    }

    @Override
    public void close() {
      tasks.close();
      catalog.close();
    }
  }

  /** Where runs wait, die, or are only counted. */
  public static final class Gate {
    private final List<String> arrived = new ArrayList<>();
    private CrashPoints.Point point = CrashPoints.Point.PLAN_SEALED;
    private boolean isOpen = true;
    private int deaths;
    private int waiting;
    private int waitingMost;

    /** From now on runs wait there. */
    public synchronized Gate closeAt(String name) {
      point = CrashPoints.Point.valueOf(name);
      isOpen = false;
      return this;
    }

    public synchronized void open() {
      isOpen = true;
      notifyAll();
    }

    /** The next so many runs that come to the point die there, without a word. */
    public synchronized Gate kill(int runs, String name) {
      point = CrashPoints.Point.valueOf(name);
      deaths = runs;
      return this;
    }

    /** Ids of tasks in the order in which they came. */
    public synchronized List<String> arrived() {
      return List.copyOf(arrived);
    }

    public synchronized int waitingMost() {
      return waitingMost;
    }

    /** Returns when so many have come. */
    public List<String> await(int runs) {
      org.awaitility.Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> arrived().size() >= runs);
      return arrived();
    }

    private synchronized void pass(CrashPoints.Point at) {
      if (at != point) {
        return;
      }
      arrived.add(Thread.currentThread().getName().replace("admix-task-", ""));
      if (deaths > 0) {
        deaths--;
        throw new Lab.Crash(at);
      }
      waiting++;
      waitingMost = Math.max(waitingMost, waiting);
      try {
        while (!isOpen) {
          wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        waiting--;
      }
    }
  }
}
