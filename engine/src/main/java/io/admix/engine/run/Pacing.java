package io.admix.engine.run;

import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.Recipe;
import io.admix.engine.pace.Climber;
import io.admix.engine.pace.Learned;
import io.admix.engine.pace.Move;
import io.admix.engine.pace.PaceMemory;
import io.admix.engine.pace.Sampler;
import io.admix.engine.pace.Window;
import io.admix.engine.plan.PlanHeader;
import io.admix.engine.plan.PlanSummary;
import io.admix.engine.report.MethodCount;
import io.admix.engine.settings.Concurrency;
import io.admix.engine.settings.CopySettings;
import io.admix.engine.settings.Resources;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many workers place the files of one task: as many as the settings say, or, below that bound,
 * as many as turn out to be fastest on this file system. A mix that is made later on the same mount
 * begins where the one before it ended.
 */
final class Pacing {
  private static final Logger LOG = LoggerFactory.getLogger(Pacing.class);
  private static final int LINK_WORKERS = 4;
  private static final int COPY_WORKERS = 4;
  private static final int NETWORK_LINK_WORKERS = 16;
  private static final int NETWORK_COPY_WORKERS = 8;
  private static final int NETWORK_WORKERS_IN_FOLDER = 4;

  private final String taskId;
  private final PaceMemory memory;
  private final PaceMemory.Place place;
  private final Concurrency most;
  private final int cpus;
  private final Ground.Kind server;
  private final @Nullable Climber climber;
  private final MoveLog log;
  private final LongAdder copiedBytes = new LongAdder();
  private final int begin;
  private volatile int workers;
  private volatile String why;

  private Pacing(
      String taskId,
      PaceMemory memory,
      PaceMemory.Place place,
      CopySettings settings,
      Concurrency most,
      Resources resources,
      Ground.Kind server) {
    this.taskId = taskId;
    this.memory = memory;
    this.place = place;
    this.most = most;
    this.cpus = resources.cpus();
    this.server = server;
    this.climber = settings.adaptive() ? climber() : null;
    this.begin = climber == null ? most.workers() : climber.workers();
    this.workers = begin;
    this.why = climber != null ? "the first number" : whyFixed(settings);
    this.log = new MoveLog(LOG, taskId, System::nanoTime);
    LOG.info(
        "Task {}: {} workers to begin with; {}; seen: {}",
        taskId,
        begin,
        most.reasons(),
        resources.inWords());
  }

  static Pacing of(Running running, Ground ground, PlanHeader plan) {
    Services services = running.services();
    CopySettings settings = services.settings().copy();
    Resources resources = Resources.now();
    long ofObjects = plan.sources().stream().filter(s -> s.place().isObjects()).count();
    boolean isServed = ofObjects > 0 || ground.kind() == Ground.Kind.OBJECTS;
    boolean isInStore = ground.kind() == Ground.Kind.OBJECTS && ofObjects == plan.sources().size();
    boolean isCopying = isServed ? !isInStore : copiesMostly(plan.recipe(), plan.summary());
    // What is learned of fetching from a store is of no use to copies on the same disk.
    long mount = ofObjects == 0 ? ground.mount() : ~ground.mount();
    return new Pacing(
        running.id(),
        services.paces(),
        new PaceMemory.Place(
            mount, ground.device(), isCopying ? PaceMemory.Kind.COPIES : PaceMemory.Kind.LINKS),
        settings,
        isServed
            ? Concurrency.ofObjects(
                settings, services.settings().s3().store().connections(), resources)
            : Concurrency.of(settings, resources),
        resources,
        isServed ? Ground.Kind.OBJECTS : ground.kind());
  }

  private static String whyFixed(CopySettings settings) {
    return settings.dynamic()
        ? "admix.copy.adaptive is off"
        : "fixed by admix.copy.fixed-concurrency";
  }

  private static boolean copiesMostly(Recipe recipe, PlanSummary plan) {
    MethodCount copies = plan.methods().getOrDefault(LinkMethod.COPY, MethodCount.NONE);
    boolean onlyCopy = recipe.link().equals(List.of(LinkMethod.COPY));
    return onlyCopy || copies.files() * 2 > plan.entries();
  }

  private Climber climber() {
    Learned start = memory.of(place).orElse(Learned.startAt(first()));
    return new Climber(start, most.workers(), cpus, !isCopying());
  }

  private int first() {
    boolean isNear = server == Ground.Kind.LOCAL;
    if (isCopying()) {
      return isNear ? COPY_WORKERS : NETWORK_COPY_WORKERS;
    }
    return isNear ? Math.min(cpus, LINK_WORKERS) : NETWORK_LINK_WORKERS;
  }

  boolean isCopying() {
    return place.kind() == PaceMemory.Kind.COPIES;
  }

  /** Workers that may place just now. */
  int workers() {
    return workers;
  }

  /**
   * Bytes profit from several in one folder, links into one folder wait for its lock; what is a
   * folder among objects locks nothing.
   */
  int perFolder() {
    return switch (server) {
      case OBJECTS -> most.workers();
      case NETWORK -> isCopying() ? most.workers() : NETWORK_WORKERS_IN_FOLDER;
      case LOCAL -> isCopying() ? most.workers() : 1;
    };
  }

  /** What copies are counted into while they run. */
  LongAdder copiedBytes() {
    return copiedBytes;
  }

  /** Why there are so many workers just now. */
  String why() {
    return why;
  }

  /** For the report. */
  String inWords() {
    if (climber == null) {
      return most.reasons();
    }
    return "%d workers to begin with, %d at the end (%s); %s"
        .formatted(
            begin,
            workers,
            climber.moves() == 0 ? "never changed" : log.lastInWords() + ", " + moves(),
            most.reasons());
  }

  private String moves() {
    long moves = climber == null ? 0 : climber.moves();
    return moves == 1 ? "1 change" : "%,d changes".formatted(moves);
  }

  /**
   * Follows the throughput, once it is started.
   *
   * @param counters reads them
   * @param change lets so many work
   */
  Optional<Follower> follower(Supplier<Sampler.Sample> counters, IntConsumer change) {
    Climber search = climber;
    return search == null
        ? Optional.empty()
        : Optional.of(
            new Follower(
                taskId, counters, this::workers, cpus, window -> judge(search, window, change)));
  }

  private void judge(Climber search, Window window, IntConsumer change) {
    LOG.debug("Task {}: {} workers, {}", taskId, workers, window);
    Optional<Move> move = search.next(window);
    if (move.isPresent()) {
      workers = move.get().to();
      why = move.get().inWords();
      log.add(move.get());
      change.accept(workers);
    }
    memory.keep(place, search.learned());
  }
}
