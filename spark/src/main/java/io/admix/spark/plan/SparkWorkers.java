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
import java.util.stream.Stream;
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
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Executors that work on parts of an export, each part one task. What is kept of a part lies with
 * the executors, in memory or on their disks. Answers go straight to the driver, which takes one
 * after the other: no job has a shuffle.
 */
final class SparkWorkers implements PartWorkers {
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
    context.setJobGroup(group, "planning a mix", true);
    try {
      context.runJob(
          rdd,
          work,
          new AbstractFunction2<Object, R, BoxedUnit>() {
            @Override
            public BoxedUnit apply(Object partition, R answer) {
              answers.take(of.get((Integer) partition).index(), answer);
              return BoxedUnit.UNIT;
            }
          },
          ClassTag$.MODULE$.apply(Object.class));
    } catch (Exception e) {
      // Scala declares no checked exceptions: an interrupt comes out of it too.
      context.cancelJobGroup(group);
      throw failure(e);
    } finally {
      context.clearJobGroup();
    }
  }

  private static IOException failure(Exception e) throws InterruptedException {
    if (e instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    // Spark puts whole stack traces into a message: its first line says what happened.
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
        task.addTaskCompletionListener((TaskCompletionListener) ended -> remove(scratch));
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

  static void remove(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
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
