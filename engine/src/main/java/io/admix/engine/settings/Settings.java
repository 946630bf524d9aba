package io.admix.engine.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, validated.
 *
 * @param home the folder of catalogue and state
 * @param databaseUrl JDBC URL, by default SQLite below the home
 * @param stateDir where plans and manifests lie
 * @param leaseSeconds length of a task's lease
 * @param keepPlans how long the plan of a task that is over is kept
 * @param server what only the service needs
 * @param s3 how objects are reached
 */
public record Settings(
    Path home,
    String databaseUrl,
    @Nullable String databaseUser,
    @Nullable String databasePassword,
    Path stateDir,
    ZoneId zone,
    CopySettings copy,
    int leaseSeconds,
    Duration keepPlans,
    ServerSettings server,
    S3Settings s3) {

  /** With Amazon's store, should objects be used. */
  public Settings(
      Path home,
      String databaseUrl,
      @Nullable String databaseUser,
      @Nullable String databasePassword,
      Path stateDir,
      ZoneId zone,
      CopySettings copy,
      int leaseSeconds,
      Duration keepPlans,
      ServerSettings server) {
    this(
        home,
        databaseUrl,
        databaseUser,
        databasePassword,
        stateDir,
        zone,
        copy,
        leaseSeconds,
        keepPlans,
        server,
        S3Settings.DEFAULT);
  }

  /** With the service's defaults. */
  public Settings(
      Path home,
      String databaseUrl,
      @Nullable String databaseUser,
      @Nullable String databasePassword,
      Path stateDir,
      ZoneId zone,
      CopySettings copy,
      int leaseSeconds,
      Duration keepPlans) {
    this(
        home,
        databaseUrl,
        databaseUser,
        databasePassword,
        stateDir,
        zone,
        copy,
        leaseSeconds,
        keepPlans,
        ServerSettings.defaults(home));
  }

  /** With plans kept as long as by default. */
  public Settings(
      Path home,
      String databaseUrl,
      @Nullable String databaseUser,
      @Nullable String databasePassword,
      Path stateDir,
      ZoneId zone,
      CopySettings copy,
      int leaseSeconds) {
    this(
        home,
        databaseUrl,
        databaseUser,
        databasePassword,
        stateDir,
        zone,
        copy,
        leaseSeconds,
        Duration.ofDays(30));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "Settings[home="
        + home
        + ", databaseUrl="
        + databaseUrl
        + ", stateDir="
        + stateDir
        + ", zone="
        + zone
        + ", copy="
        + copy
        + ", leaseSeconds="
        + leaseSeconds
        + ", keepPlans="
        + keepPlans
        + ", server="
        + server
        + ", s3="
        + s3
        + "]";
  }
}
