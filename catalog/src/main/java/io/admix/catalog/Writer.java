package io.admix.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who writes the rows of a DRAFT dataset outside a task. It names one process of one boot of one
 * machine, so that a dead one of this machine is known at once; one of another machine counts as
 * dead when it has written nothing for an hour. A writer taken for dead by mistake loses its DRAFT
 * and is told at its next batch.
 */
final class Writer {
  private static final Duration LEASE = Duration.ofHours(1);
  private static final String SEPARATOR = "|";
  private static final String MACHINE = machine();

  private Writer() {}

  /** This process. */
  static String self() {
    ProcessHandle process = ProcessHandle.current();
    return MACHINE + SEPARATOR + process.pid() + SEPARATOR + started(process);
  }

  static long leaseFrom(Instant now) {
    return Times.micros(now.plus(LEASE));
  }

  /** Removes the drafts of writers that are dead. */
  static void removeAbandoned(Session session, Instant now) throws SQLException {
    List<Draft> drafts =
        session.list(
            "SELECT dataset_id, writer, writer_until FROM {a}datasets WHERE writer IS NOT NULL",
            row -> new Draft(row.getString(1), row.getString(2), row.getLong(3)));
    for (Draft draft : drafts) {
      if (isDead(draft.writer, draft.until, now)) {
        DatasetRows.delete(session, draft.datasetId);
      }
    }
  }

  static boolean isDead(String writer, long untilMicros, Instant now) {
    String mine = MACHINE + SEPARATOR;
    if (!writer.startsWith(mine)) {
      return untilMicros < Times.micros(now);
    }
    String[] process = writer.substring(mine.length()).split("\\|", -1);
    if (process.length != 2) {
      return untilMicros < Times.micros(now);
    }
    Optional<ProcessHandle> alive = ProcessHandle.of(Long.parseLong(process[0]));
    return alive.isEmpty() || !started(alive.get()).equals(process[1]);
  }

  private static String started(ProcessHandle process) {
    return process
        .info()
        .startInstant()
        .map(start -> Long.toString(start.toEpochMilli()))
        .orElse("");
  }

  /** Host, boot and process namespace: process numbers mean nothing outside them. */
  private static String machine() {
    return (read("/proc/sys/kernel/hostname")
            + "/"
            + read("/proc/sys/kernel/random/boot_id")
            + "/"
            + link("/proc/self/ns/pid"))
        .replace(SEPARATOR, "_");
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException unreadable) {
      return "";
    }
  }

  private static String link(String file) {
    try {
      return Files.readSymbolicLink(Path.of(file)).toString();
    } catch (IOException | UnsupportedOperationException unreadable) {
      return "";
    }
  }

  private record Draft(String datasetId, String writer, long until) {}
}
