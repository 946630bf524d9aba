package io.admix.engine.settings;

import io.admix.engine.settings.SettingKey.Bound;
import io.admix.engine.settings.SettingKey.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every setting that there is, in the order in which people read them. */
public final class SettingKeys {
  static final String MIN = "admix.copy.min-concurrency";
  static final String MAX = "admix.copy.max-concurrency";
  static final String CPU_FACTOR = "admix.copy.cpu-factor";
  static final String MEMORY_PER_TASK = "admix.copy.memory-per-task";
  static final String RESERVE = "admix.copy.memory-reserve-ratio";
  static final String DYNAMIC = "admix.copy.dynamic";
  static final String FIXED = "admix.copy.fixed-concurrency";
  static final String BATCH = "admix.copy.batch-size";
  static final String ADAPTIVE = "admix.copy.adaptive";
  static final String ZONE = "admix.zone";
  static final String STATE_DIR = "admix.state-dir";
  static final String LEASE = "admix.lease";
  static final String KEEP_PLANS = "admix.keep-plans";

  private static final Kind WORKERS = new Kind.Whole(1, 1024);

  private static final List<SettingKey> OF_ENGINE =
      List.of(
          new SettingKey(
              MIN,
              "8",
              "1 to 1024, at most max-concurrency",
              "Fewest workers that dynamic sizing asks for; memory may force fewer.",
              WORKERS),
          new SettingKey(
              MAX, "128", "1 to 1024", "Most workers, whatever the machine has.", WORKERS),
          new SettingKey(
              CPU_FACTOR,
              "4.0",
              "above 0, at most 1000",
              "Workers per processor.",
              new Kind.Real(0, Bound.EXCLUDED, 1000, Bound.INCLUDED)),
          new SettingKey(
              MEMORY_PER_TASK,
              "32MB",
              "1MB to 64GB",
              "Memory assumed for one worker; a bare number is bytes, and 1MB is 1MiB.",
              new Kind.Bytes(1L << 20, 64L << 30)),
          new SettingKey(
              RESERVE,
              "0.2",
              "0 or more, below 1",
              "Share of the free memory that workers leave alone.",
              new Kind.Real(0, Bound.INCLUDED, 1, Bound.EXCLUDED)),
          new SettingKey(
              DYNAMIC,
              "true",
              "true or false",
              "Whether the number of workers comes from processors and memory.",
              new Kind.Truth()),
          new SettingKey(FIXED, "10", "1 to 1024", "Workers when dynamic is false.", WORKERS),
          new SettingKey(
              BATCH,
              "2000",
              "1 to 100000",
              "Rows after which a transaction of whole runs is committed; 200 ms commit it too.",
              new Kind.Whole(1, 100_000)),
          new SettingKey(
              ADAPTIVE,
              "true",
              "true or false",
              "Whether the number is an upper bound, below which the fastest number is found by measuring (it begins with 4, 16 for links and 8 for copies on a network, and on a local disk for links with no more than the processors), or the number itself.",
              new Kind.Truth()),
          new SettingKey(
              ZONE,
              "system",
              "a zone such as UTC or Europe/Berlin, or system",
              "Zone in which dates and times without an offset are meant.",
              new Kind.Zone()),
          new SettingKey(
              STATE_DIR,
              "<home>/state",
              "a folder, absolute or below the home",
              "Where plans and manifests lie; replicas share it.",
              new Kind.Folder()),
          new SettingKey(
              LEASE,
              "30s",
              "5s to 1h",
              "How long a silent runner keeps its task before another may take it over.",
              new Kind.Length(5, 3600)),
          new SettingKey(
              KEEP_PLANS,
              "30d",
              "0s to 3650d",
              "How long the plan of a task that is over is kept; 0s deletes it at once. Manifests stay as long as their datasets.",
              new Kind.Length(0, 3650L * 24 * 3600)));

  private static final List<SettingKey> ALL =
      Stream.of(OF_ENGINE, S3SettingKeys.ALL, ServerSettingKeys.ALL).flatMap(List::stream).toList();

  private SettingKeys() {}

  /** All of them, in reading order. */
  public static List<SettingKey> all() {
    return ALL;
  }

  static Optional<SettingKey> find(String key) {
    return ALL.stream().filter(k -> k.key().equals(key)).findFirst();
  }
}
