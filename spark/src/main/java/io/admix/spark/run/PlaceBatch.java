package io.admix.spark.run;

import io.admix.engine.spread.BatchAttempt;
import io.admix.engine.spread.BatchResult;
import io.admix.engine.spread.SpreadTask;
import io.admix.files.FileAccess;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** What an executor does for one Spark task: places one batch. */
final class PlaceBatch extends AbstractFunction1<Iterator<Long>, BatchResult>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SpreadTask task;

  PlaceBatch(SpreadTask task) {
    this.task = task;
  }

  @Override
  public BatchResult apply(Iterator<Long> batches) {
    TaskContext context = TaskContext.get();
    BatchAttempt attempt =
        new BatchAttempt(
            task,
            batches.next(),
            SparkEnv.get().executorId(),
            Long.toString(context.taskAttemptId()),
            FileAccess.best(),
            context::isInterrupted);
    try {
      return attempt.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
