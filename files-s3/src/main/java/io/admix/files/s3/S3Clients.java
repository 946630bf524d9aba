package io.admix.files.s3;

import io.admix.files.object.ObjectSettings;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes clients: credentials by the SDK's default chain, connections and retries bounded. */
final class S3Clients {
  private static final Duration CONNECTING = Duration.ofSeconds(10);

  private S3Clients() {}

  static S3Client open(ObjectSettings settings, BoundedRetries retries) {
    Apache5HttpClient.Builder http =
        Apache5HttpClient.builder()
            .maxConnections(settings.connections())
            .connectionTimeout(CONNECTING)
            .socketTimeout(settings.silence())
            .connectionAcquisitionTimeout(settings.silence())
            .tcpKeepAlive(true);
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(http)
            .credentialsProvider(DefaultCredentialsProvider.builder().build())
            .forcePathStyle(settings.pathStyle())
            // What is sent names its checksum itself; other stores take no more than they must.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(o -> o.retryStrategy(retries));
    URI endpoint = settings.endpoint();
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    String region = settings.region();
    if (region != null) {
      builder.region(Region.of(region));
    } else if (endpoint != null) {
      builder.region(Region.US_EAST_1);
    }
    return builder.build();
  }

  /** Which store it is, for people. */
  static String name(ObjectSettings settings) {
    URI endpoint = settings.endpoint();
    return endpoint == null
        ? "s3 (Amazon" + (settings.region() == null ? "" : ", " + settings.region()) + ")"
        : "s3 (" + endpoint.getScheme() + "://" + endpoint.getAuthority() + ")";
  }
}
