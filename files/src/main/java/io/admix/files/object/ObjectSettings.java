package io.admix.files.object;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a store is reached. Credentials are not here: they are found by the SDK's default chain.
 *
 * @param endpoint of a store other than Amazon's, or null
 * @param region or null: by the SDK's default chain, {@code us-east-1} where an endpoint is given
 * @param pathStyle whether the bucket stands in the path instead of in the host's name
 * @param kmsKeyId the key by which new objects are encrypted, or null: as the bucket says
 * @param requesterPays whether this account pays for requests to buckets of others
 * @param connections most at once, at least 1
 * @param attempts of one request, at least 1
 * @param pauseFirst before a request is repeated, on average half of it; doubles each time
 * @param pauseMost a pause is never longer
 * @param silence a connection on which nothing comes for so long is given up
 */
public record ObjectSettings(
    @Nullable URI endpoint,
    @Nullable String region,
    boolean pathStyle,
    @Nullable String kmsKeyId,
    boolean requesterPays,
    int connections,
    int attempts,
    Duration pauseFirst,
    Duration pauseMost,
    Duration silence) {

  /** Amazon's store, region by the default chain, 64 connections, 8 attempts. */
  public static final ObjectSettings DEFAULT =
      new ObjectSettings(
          null,
          null,
          false,
          null,
          false,
          64,
          8,
          Duration.ofMillis(200),
          Duration.ofSeconds(20),
          Duration.ofSeconds(60));

  public ObjectSettings {
    if (connections < 1 || attempts < 1) {
      throw new IllegalArgumentException(
          "connections and attempts must be at least 1, are " + connections + " and " + attempts);
    }
    if (!pauseFirst.isPositive() || pauseMost.compareTo(pauseFirst) < 0 || !silence.isPositive()) {
      throw new IllegalArgumentException(
          "pauses and silence must be longer than nothing, and the longest pause at least the first; they are %s, %s and %s"
              .formatted(pauseFirst, pauseMost, silence));
    }
    if (endpoint != null) {
      requireEndpoint(endpoint);
    }
  }

  /**
   * The same store at another address: {@code https://host:port}.
   *
   * @throws IllegalArgumentException with what is wrong, for people; never with a secret in it
   */
  public ObjectSettings at(String address, boolean withPathStyle) {
    URI uri;
    try {
      uri = new URI(address);
    } catch (URISyntaxException e) {
      // The text is not shown: it may hold a password.
      throw new IllegalArgumentException(
          "the endpoint of the object store is no address ("
              + e.getReason()
              + "): write https://host:port.",
          null);
    }
    return new ObjectSettings(
        uri,
        region,
        withPathStyle,
        kmsKeyId,
        requesterPays,
        connections,
        attempts,
        pauseFirst,
        pauseMost,
        silence);
  }

  private static void requireEndpoint(URI endpoint) {
    if (endpoint.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "the endpoint of the object store holds a user or a password: credentials are found by the SDK's default chain, take them out of the address.");
    }
    String scheme = endpoint.getScheme();
    boolean isHttp = "http".equals(scheme) || "https".equals(scheme);
    if (!isHttp || endpoint.getHost() == null || endpoint.getQuery() != null) {
      throw new IllegalArgumentException(
          "the endpoint of the object store must be https://host:port or http://host:port.");
    }
  }
}
