package io.admix.engine.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the service needs beyond the engine's settings, validated by {@link SettingsLoader}.
 *
 * @param dataRoot below which the service makes its mixes
 * @param allowedRoots below which callers may register datasets and name folders; the data root is
 *     always allowed besides
 * @param tasksRunning how many tasks run at a time in one process
 * @param tasksWaiting how many tasks of one owner may wait
 * @param port 0: any free one
 * @param address to listen on
 * @param publicUrl as callers reach the service, or null
 * @param hosts names that callers may use besides the loopback names, the address and the host of
 *     the public URL
 * @param maxBodyBytes of a request
 * @param grace how long a stop waits for what is under way
 * @param logFormat how log lines are written
 * @param datamateUntaggedMatch whether a file without a time of its tags matches a date range, as
 *     in DataMate
 */
public record ServerSettings(
    Path dataRoot,
    List<Path> allowedRoots,
    int tasksRunning,
    int tasksWaiting,
    int port,
    String address,
    @Nullable URI publicUrl,
    List<String> hosts,
    long maxBodyBytes,
    Duration grace,
    LogFormat logFormat,
    SecuritySettings security,
    boolean datamateUntaggedMatch) {

  /** How log lines are written. */
  public enum LogFormat {
    /** For people. */
    TEXT,
    /** JSON, a line each, in the Elastic Common Schema. */
    ECS,
    /** JSON, a line each, as Logstash writes it. */
    LOGSTASH
  }

  public ServerSettings {
    allowedRoots = List.copyOf(allowedRoots);
    hosts = List.copyOf(hosts);
  }

  /** The defaults for one home. */
  public static ServerSettings defaults(Path home) {
    return new ServerSettings(
        home.resolve("data"),
        List.of(),
        2,
        1_000,
        8080,
        "127.0.0.1",
        null,
        List.of(),
        4L << 20,
        Duration.ofSeconds(30),
        LogFormat.TEXT,
        SecuritySettings.DEFAULTS,
        false);
  }
}
