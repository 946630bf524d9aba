package io.admix.engine.spread;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows executors that the process that has the task is there and sure of it: a number in a file of
 * the shared folder that grows as long as both hold.
 */
final class Beat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Beat.class);
  private static final long EVERY_MS = 500;

  /** In place of a number: everybody stops at once. */
  static final String OVER = "over";

  private final Path file;
  private final BooleanSupplier isSure;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private long number;

  Beat(Path file, BooleanSupplier isSure) throws IOException {
    this.file = file;
    this.isSure = isSure;
    this.thread = Thread.ofPlatform().name("admix-beat").daemon(true).unstarted(this::keep);
    write(Long.toString(number));
  }

  void start() {
    thread.start();
  }

  private void keep() {
    try {
      while (!closed.await(EVERY_MS, TimeUnit.MILLISECONDS)) {
        if (isSure.getAsBoolean()) {
          beat();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beat() {
    try {
      write(Long.toString(++number));
    } catch (IOException e) {
      // Executors wait, and stop when it lasts: what is wrong is told by what they tell.
      LOG.warn("The beat {} cannot be written, trying again: {}", file, e.getMessage());
    }
  }

  private void write(String text) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".part");
    Files.write(next, text.getBytes(StandardCharsets.US_ASCII));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Ends it, and tells everybody to stop. */
  @Override
  public void close() {
    closed.countDown();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    try {
      write(OVER);
    } catch (IOException e) {
      LOG.warn("The end of the beat {} cannot be written: {}", file, e.getMessage());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
