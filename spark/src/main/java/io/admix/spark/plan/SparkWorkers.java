package io.admix.spark.plan;

import io.admix.engine.export.CatalogExport;
import io.admix.engine.export.ExportedDataset;
import io.admix.engine.plan.PartWorkers;
import io.admix.spark.source.SourcePart;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.FutureAction;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/**
 * Executors that work on parts of an export, each part one task. What is kept of a part lies with
 * the executors, in memory or on their disks. Answers go straight to the driver, which takes one
 * after the other: no job has a shuffle.
 */
final class SparkWorkers implements PartWorkers {
  /** Between two looks whether planning is to stop. */
  private static final long LOOK_MS = 200;

  private final SparkContext context;
  private final Map<String, SourcePart> parts = new HashMap<>();
  private final String group = "admix-plan-" + UUID.randomUUID();
  private @Nullable JavaRDD<byte[]> kept;
  private List<TaskPart> keptParts = List.of();

  SparkWorkers(SparkContext context, CatalogExport export) {
    this.context = context;
    for (ExportedDataset dataset : export.manifest().datasets()) {
      for (SourcePart part : SourcePart.of(export, List.of(dataset))) {
        parts.put(part.part().file(), part);
      }
    }
  }

  private List<TaskPart> tasks(List<PartToRead> wanted) {
    List<TaskPart> tasks = new ArrayList<>();
    for (PartToRead part : wanted) {
      SourcePart source = Objects.requireNonNull(parts.get(part.part().file()));
      tasks.add(new TaskPart(part.index(), source, List.copyOf(part.columns())));
    }
    return tasks;
  }

  private JavaRDD<TaskPart> each(List<TaskPart> tasks) {
    return JavaSparkContext.fromSparkContext(context).parallelize(tasks, tasks.size());
  }

  @Override
  public <R extends Serializable> void overRows(
      List<PartToRead> wanted, RowWork<R> work, Answers<R> answers)
      throws IOException, InterruptedException {
    List<TaskPart> tasks = tasks(wanted);
    run(each(tasks).rdd(), new OnRows<>(work), tasks, answers);
  }

  @Override
  public void keep(List<PartToRead> wanted, Keeping keeping) {
    forget();
    keptParts = tasks(wanted);
    kept =
        each(keptParts)
            .mapPartitions(part -> {
              TaskPart one = part.next();
              return keeping.keep(one.index(), one.rows());
            })
            .persist(StorageLevel.MEMORY_AND_DISK());
  }

  @Override
  public <R extends Serializable> void overKept(KeptWork<R> work, Answers<R> answers)
      throws IOException, InterruptedException {
    int[] indexes = keptParts.stream().mapToInt(TaskPart::index).toArray();
    run(
        Objects.requireNonNull(kept, "something is kept").rdd(),
        new OnKept<>(work, indexes),
        keptParts,
        answers);
  }

  private <T, R extends Serializable> void run(
      RDD<T> rdd, AbstractFunction1<Iterator<T>, R> work, List<TaskPart> of, Answers<R> answers)
      throws IOException, InterruptedException {
    BlockingQueue<Answer<R>> come = new LinkedBlockingQueue<>();
    context.setJobGroup(group, "planning a mix", true);
    boolean isDone = false;
    try {
      FutureAction<BoxedUnit> job =
          context.submitJob(rdd, work, all(of.size()), new Told<>(come), new Nothing());
      boolean isOver = false;
      while (!isOver || !come.isEmpty()) {
        isOver = job.isCompleted();
        Answer<R> next = come.poll(isOver ? 0 : LOOK_MS, TimeUnit.MILLISECONDS);
        if (next == null) {
          answers.waiting();
        } else {
          answers.take(of.get(next.partition()).index(), next.value());
        }
      }
      Try<BoxedUnit> end = job.value().get();
      if (end.isFailure()) {
        throw failure(end.failed().get());
      }
      isDone = true;
    } finally {
      if (!isDone && !context.isStopped()) {
        context.cancelJobGroup(group);
      }
      context.clearJobGroup();
    }
  }

  private static Seq<Object> all(int partitions) {
    return CollectionConverters.asScala(
            IntStream.range(0, partitions).<Object>mapToObj(i -> i).toList())
        .toSeq();
  }

  /** What came of one partition. */
  private record Answer<R>(int partition, R value) {}

  /** Called by Spark's own thread, which must not wait. */
  private static final class Told<R> extends AbstractFunction2<Object, R, BoxedUnit>
      implements Serializable {
    private static final long serialVersionUID = 1L;
    private final transient BlockingQueue<Answer<R>> come;

    Told(BlockingQueue<Answer<R>> come) {
      this.come = come;
    }

    @Override
    public BoxedUnit apply(Object partition, R value) {
      come.add(new Answer<>((Integer) partition, value));
      return BoxedUnit.UNIT;
    }
  }

  private static final class Nothing extends AbstractFunction0<BoxedUnit> {
    @Override
    public BoxedUnit apply() {
      return BoxedUnit.UNIT;
    }
  }

  /** Spark puts whole stack traces into a message: its first line says what happened. */
  private static IOException failure(Throwable e) {
    String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new IOException("Spark: " + first, e);
  }

  /** Work on the rows of the task's part. */
  private static final class OnRows<R extends Serializable>
      extends AbstractFunction1<Iterator<TaskPart>, R> implements Serializable {
    private static final long serialVersionUID = 1L;
    private final RowWork<R> work;

    OnRows(RowWork<R> work) {
      this.work = work;
    }

    @Override
    public R apply(Iterator<TaskPart> part) {
      TaskPart one = part.next();
      try {
        return work.work(one.index(), one.rows());
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
  }

  /** Work on what was kept of the task's part. */
  private static final class OnKept<R extends Serializable>
      extends AbstractFunction1<Iterator<byte[]>, R> implements Serializable {
    private static final long serialVersionUID = 1L;
    private final KeptWork<R> work;
    private final int[] indexes;

    OnKept(KeptWork<R> work, int[] indexes) {
      this.work = work;
      this.indexes = indexes;
    }

    @Override
    public R apply(Iterator<byte[]> blocks) {
      TaskContext task = TaskContext.get();
      try {
        Path root = Path.of(SparkFiles.getRootDirectory());
        Path scratch = Files.createTempDirectory(root, "admix-plan-");
        task.addTaskCompletionListener((TaskCompletionListener) ended -> removeIfPossible(scratch));
        Worker worker =
            new Worker(
                SparkEnv.get().blockManager().blockManagerId().host(),
                scratch,
                Long.toString(task.taskAttemptId()));
        return work.work(indexes[task.partitionId()], CollectionConverters.asJava(blocks), worker);
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
  }

  /** Removes a folder of files. */
  static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  /** The same where a straggler of Spark's may still be writing: what it leaves, others remove. */
  static void removeIfPossible(Path folder) {
    try {
      remove(folder);
    } catch (IOException e) {
      // It is Spark's own folder, or the next plan of the task removes it.
    }
  }

  private void forget() {
    if (kept != null) {
      kept.unpersist(false);
      kept = null;
    }
  }

  @Override
  public void close() {
    forget();
  }
}
