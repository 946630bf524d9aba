package io.admix.server.pages.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.server.ServerForTests;
import io.admix.server.ops.TaskMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds the next task of a server in the midst of its placing, when its first files have just been
 * recorded, until it is opened: by what the task counts there.
 */
final class TaskGate implements AutoCloseable {
  private final ServerForTests server;
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  private TaskGate(ServerForTests server) {
    this.server = server;
  }

  static TaskGate closedAt(ServerForTests server) {
    TaskGate gate = new TaskGate(server);
    MeterRegistry counting = new SimpleMeterRegistry();
    counting
        .config()
        .onMeterAdded(meter -> {
          if (meter.getId().getName().equals("admix.files.placed")) {
            gate.pass();
          }
        });
    gate.meter().register(counting);
    return gate;
  }

  private TaskMeter meter() {
    return server.context().getBean(TaskMeter.class);
  }

  private void pass() {
    arrived.countDown();
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when the task stands there. */
  void await() throws InterruptedException {
    assertThat(arrived.await(60, TimeUnit.SECONDS)).as("a task came to the gate").isTrue();
  }

  void open() {
    open.countDown();
  }

  @Override
  public void close() {
    open();
    meter().register(server.context().getBean(PrometheusMeterRegistry.class));
  }
}
