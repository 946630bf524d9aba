package io.admix.spark.run;

import io.admix.engine.spread.BatchResult;
import io.admix.engine.spread.Cluster;
import io.admix.engine.spread.SpreadTask;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Seq;
import scala.concurrent.ExecutionContext;
import scala.concurrent.ExecutionContext$;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/**
 * Batches as tasks of Spark jobs, one job for each wave: Spark repeats what failed or was lost, and
 * may execute slow ones twice (speculation). The session is begun when it is needed first.
 */
public final class SparkCluster implements Cluster {
  private static final ExecutionContext HERE =
      ExecutionContext$.MODULE$.fromExecutor(Runnable::run);

  private final Supplier<SparkContext> sessions;
  private final Set<String> gone = ConcurrentHashMap.newKeySet();
  private @Nullable SparkContext session;
  private volatile String group = "";

  /**
   * @param sessions begins a session, or gives the one that there is
   */
  public SparkCluster(Supplier<SparkContext> sessions) {
    this.sessions = sessions;
  }

  private synchronized SparkContext context() {
    SparkContext open = session;
    if (open == null) {
      open = sessions.get();
      open.addSparkListener(new Leaving());
      session = open;
    }
    return open;
  }

  /** Hears of executors that are gone. */
  private final class Leaving extends SparkListener {
    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
      gone.add(removed.executorId());
    }
  }

  @Override
  public String inWords() {
    SparkContext context = context();
    return "placed by the executors of Spark %s at %s"
        .formatted(context.version(), context.master());
  }

  @Override
  public int slots() {
    return context().defaultParallelism();
  }

  @Override
  public void begin(SpreadTask task, List<Long> batches, Results results) {
    SparkContext context = context();
    group = "admix-" + task.taskId();
    context.setJobGroup(group, "placing files of task " + task.taskId(), false);
    context
        .submitJob(
            JavaSparkContext.fromSparkContext(context).parallelize(batches, batches.size()).rdd(),
            new PlaceBatch(task),
            all(batches.size()),
            new Told(results),
            new Nothing())
        .onComplete(new Failed(results), HERE);
  }

  private static Seq<Object> all(int partitions) {
    List<Object> numbers =
        java.util.stream.IntStream.range(0, partitions).<Object>mapToObj(i -> i).toList();
    return CollectionConverters.asScala(numbers).toSeq();
  }

  @Override
  public boolean isGone(String executor) {
    return gone.contains(executor);
  }

  @Override
  public void cancel() {
    SparkContext context = context();
    if (!context.isStopped()) {
      context.cancelJobGroup(group);
    }
  }

  private static final class Told extends AbstractFunction2<Object, BatchResult, BoxedUnit>
      implements Serializable {
    private static final long serialVersionUID = 1L;
    private final transient Results results;

    Told(Results results) {
      this.results = results;
    }

    @Override
    public BoxedUnit apply(Object partition, BatchResult result) {
      results.done(result);
      return BoxedUnit.UNIT;
    }
  }

  private static final class Nothing extends AbstractFunction0<BoxedUnit> {
    @Override
    public BoxedUnit apply() {
      return BoxedUnit.UNIT;
    }
  }

  private static final class Failed extends AbstractFunction1<Try<BoxedUnit>, BoxedUnit> {
    private final Results results;

    Failed(Results results) {
      this.results = results;
    }

    @Override
    public BoxedUnit apply(Try<BoxedUnit> end) {
      if (end.isFailure()) {
        results.failed(words(end.failed().get()));
      }
      return BoxedUnit.UNIT;
    }

    /** Spark puts whole stack traces into a message: its first line says what happened. */
    private static String words(Throwable failure) {
      String message = String.valueOf(failure.getMessage());
      String first = message.lines().findFirst().orElse("");
      return failure instanceof SparkException
          ? first
          : failure.getClass().getSimpleName() + ": " + first;
    }
  }
}
