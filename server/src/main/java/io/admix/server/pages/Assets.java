package io.admix.server.pages;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The files that pages are made with: looks, scripts, and those of the libraries. */
@Component
final class Assets {
  static final String PATH = "/assets/";

  private static final String OWN = "classpath:/io/admix/server/pages/assets/*";
  private static final Map<String, String> OTHERS =
      Map.of(
          "htmx.min.js", "classpath:/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js",
          "echarts.min.js",
              "classpath:/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.min.js");

  private final Map<String, Asset> assets;

  Assets() {
    this.assets = read();
  }

  /** One file; its version changes with its content. */
  static final class Asset {
    private final String type;
    private final String version;
    private final byte[] bytes;
    private byte @Nullable [] zipped;

    private Asset(String type, byte[] bytes) {
      this.type = type;
      this.version = versionOf(bytes);
      this.bytes = bytes;
    }

    String type() {
      return type;
    }

    String version() {
      return version;
    }

    byte[] bytes() {
      return bytes;
    }

    /** The same by gzip, made when it is first asked for: no start waits for it. */
    synchronized byte[] zipped() {
      if (zipped == null) {
        zipped = zip(bytes);
      }
      return zipped;
    }
  }

  Optional<Asset> find(String name) {
    return Optional.ofNullable(assets.get(name));
  }

  /**
   * Where it is.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  String address(String name) {
    Asset asset = assets.get(name);
    if (asset == null) {
      throw new IllegalArgumentException("no asset " + name + "; there are " + assets.keySet());
    }
    return PATH + name + "?v=" + asset.version();
  }

  private static Map<String, Asset> read() {
    PathMatchingResourcePatternResolver files = new PathMatchingResourcePatternResolver();
    Map<String, Asset> assets = new TreeMap<>();
    try {
      for (Resource file : files.getResources(OWN)) {
        String name = String.valueOf(file.getFilename());
        assets.put(name, asset(name, file));
      }
      for (Map.Entry<String, String> other : OTHERS.entrySet()) {
        assets.put(other.getKey(), asset(other.getKey(), files.getResource(other.getValue())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a file of the pages cannot be read from the jars", e);
    }
    return Map.copyOf(assets);
  }

  private static Asset asset(String name, Resource file) throws IOException {
    return new Asset(type(name), file.getContentAsByteArray());
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "css" -> "text/css;charset=UTF-8";
      case "js" -> "text/javascript;charset=UTF-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalStateException("no media type is known for " + name);
    };
  }

  private static String versionOf(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] zip(byte[] bytes) {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(target)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return target.toByteArray();
  }
}
