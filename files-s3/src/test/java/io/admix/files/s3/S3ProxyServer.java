package io.admix.files.s3;

import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectSettings;
import io.admix.files.object.ObjectStore;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A real S3 server (S3Proxy) in a process of its own on a loopback port, one for all tests of this
 * JVM. It ends with this JVM, since its standard input does.
 */
final class S3ProxyServer {
  static final String SECRET = "secret-" + UUID.randomUUID();
  private static final String IDENTITY = "identity";

  private final Process process;
  private final int port;
  private final S3Client plain;

  private S3ProxyServer(Process process, int port) {
    this.process = process;
    this.port = port;
    this.plain =
        S3Client.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + port))
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(IDENTITY, SECRET)))
            .build();
  }

  private static final class Shared {
    static final S3ProxyServer SERVER = start();
  }

  static S3ProxyServer shared() {
    return Shared.SERVER;
  }

  private static S3ProxyServer start() {
    // Where the SDK's default chain looks first.
    System.setProperty("aws.accessKeyId", IDENTITY);
    System.setProperty("aws.secretAccessKey", SECRET);
    String surefire = System.getProperty("surefire.test.class.path");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xmx384m",
            "-cp",
            surefire == null ? System.getProperty("java.class.path") : surefire,
            S3ProxyMain.class.getName(),
            IDENTITY,
            SECRET);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String line = process.inputReader().readLine();
      if (line == null || !line.startsWith("port ")) {
        process.destroyForcibly();
        throw new IllegalStateException("S3Proxy could not be started: " + line);
      }
      S3ProxyServer server =
          new S3ProxyServer(process, Integer.parseInt(line.substring("port ".length())));
      // It is up when it answers.
      server.plain.listBuckets();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return port;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** A client that goes past everything under test, to arrange and to look. */
  S3Client plain() {
    return plain;
  }

  /** A new bucket. */
  String bucket() {
    String name = "b-" + UUID.randomUUID();
    plain.createBucket(b -> b.bucket(name));
    return name;
  }

  /** Makes many objects without a request for each. */
  synchronized void fill(ObjectPlace place, int count) throws IOException {
    Writer commands = process.outputWriter();
    commands.write(place.bucket() + " " + place.prefix() + " " + count + "\n");
    commands.flush();
    String answer = process.inputReader().readLine();
    if (!"filled".equals(answer)) {
      throw new IOException("S3Proxy made no objects: " + answer);
    }
  }

  /** A store at a port of this machine, found as the product finds it; pauses are short. */
  static ObjectStore store(int port) throws IOException {
    return new S3StoreProvider().open(settings(port));
  }

  static ObjectSettings settings(int port) {
    return new ObjectSettings(
        URI.create("http://127.0.0.1:" + port),
        null,
        true,
        null,
        false,
        32,
        4,
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofSeconds(60));
  }
}
