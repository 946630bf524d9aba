package io.admix.server.ops;

import io.admix.engine.RunMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts what tasks do. The engine is opened before there is a registry: what happens before {@link
 * #register} is not counted, and no task runs then.
 */
public final class TaskMeter implements RunMeter {
  private final AtomicInteger workers = new AtomicInteger();
  private volatile @Nullable MeterRegistry registry;

  /** From now on it is counted there. */
  public void register(MeterRegistry meters) {
    meters.gauge("admix.workers", workers);
    Timer.builder("admix.batch")
        .description("Transactions that record placed files")
        .register(meters);
    registry = meters;
  }

  @Override
  public void recorded(Batch batch) {
    MeterRegistry meters = registry;
    if (meters == null) {
      return;
    }
    batch
        .placed()
        .forEach((method, count) -> {
          String name = word(method.name());
          counter(meters, "admix.files.placed", "method", name).increment(count.files());
          counter(meters, "admix.bytes.placed", "method", name).increment(count.bytes());
        });
    batch
        .failures()
        .forEach((reason, count) ->
            counter(meters, "admix.files.failed", "reason", word(reason)).increment(count));
    meters.timer("admix.batch").record(batch.took());
  }

  @Override
  public void workers(int more) {
    workers.addAndGet(more);
  }

  private static Counter counter(MeterRegistry meters, String name, String tag, String value) {
    return meters.counter(name, tag, value);
  }

  private static String word(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
