package io.admix.files.s3;

import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectSettings;
import io.admix.files.object.ObjectStore;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
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
public final class S3ProxyServer {
  public static final String SECRET = "secret-" + UUID.randomUUID();
  public static final String IDENTITY = "identity";

  /** The class path of the server, which is not that of the tests that use it. */
  private static final String CLASS_PATH = "s3proxy.classpath";

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

  public static S3ProxyServer shared() {
    return Shared.SERVER;
  }

  private static S3ProxyServer start() {
    // Where the SDK's default chain looks first.
    System.setProperty("aws.accessKeyId", IDENTITY);
    System.setProperty("aws.secretAccessKey", SECRET);
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xmx384m",
            "-Dlogback.configurationFile=logback-s3proxy.xml",
            "-cp",
            classPath(),
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

  /** Its libraries, as the build found them, and this class's own folder or jar. */
  private static String classPath() {
    try (InputStream list = S3ProxyServer.class.getResourceAsStream("/" + CLASS_PATH)) {
      if (list == null) {
        throw new IllegalStateException(CLASS_PATH + " is missing: build with Maven, as ./check");
      }
      String own =
          Path.of(S3ProxyMain.class.getProtectionDomain().getCodeSource().getLocation().toURI())
              .toString();
      return own
          + File.pathSeparator
          + new String(list.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public int port() {
    return port;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** A client that goes past everything under test, to arrange and to look. */
  public S3Client plain() {
    return plain;
  }

  /** A new bucket. */
  public String bucket() {
    String name = "b-" + UUID.randomUUID();
    plain.createBucket(b -> b.bucket(name));
    return name;
  }

  /** Makes many objects without a request for each. */
  public synchronized void fill(ObjectPlace place, int count) throws IOException {
    Writer commands = process.outputWriter();
    commands.write(place.bucket() + " " + place.prefix() + " " + count + "\n");
    commands.flush();
    String answer = process.inputReader().readLine();
    if (!"filled".equals(answer)) {
      throw new IOException("S3Proxy made no objects: " + answer);
    }
  }

  /** A store at a port of this machine, found as the product finds it; pauses are short. */
  public static ObjectStore store(int port) throws IOException {
    return new S3StoreProvider().open(settings(port));
  }

  public static ObjectSettings settings(int port) {
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
