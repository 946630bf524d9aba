package io.admix.engine.verify;

import io.admix.core.recipe.LinkMethod;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a manifest line by line. A manifest that was edited or cut short is told as such when its
 * end is reached, or before.
 */
public final class ManifestReader implements Closeable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final BufferedReader in;
  private final MessageDigest digest = ManifestWriter.sha256();
  private final ManifestHeader header;
  private long files;
  private boolean ended;

  private ManifestReader(Path file, BufferedReader in) throws IOException {
    this.file = file;
    this.in = in;
    this.header = readHeader();
  }

  /**
   * @throws IOException when it cannot be read or is no manifest of this version
   */
  public static ManifestReader open(Path file) throws IOException {
    BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    try {
      return new ManifestReader(file, in);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  public ManifestHeader header() {
    return header;
  }

  /**
   * The next file, or empty after the last one, when footer and hash were found right.
   *
   * @throws IOException when the manifest was edited or is cut short
   */
  public Optional<ManifestEntry> next() throws IOException {
    if (ended) {
      return Optional.empty();
    }
    String line = in.readLine();
    if (line == null) {
      throw damaged("it ends without its last line");
    }
    JsonNode node = parse(line);
    if (node.has("sha256")) {
      checkFooter(node);
      ended = true;
      return Optional.empty();
    }
    consumed(line);
    files++;
    return Optional.of(entry(node));
  }

  private void checkFooter(JsonNode footer) throws IOException {
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(text(footer, "sha256")) || number(footer, "files") != files) {
      throw damaged("its lines are not those that were written");
    }
  }

  private ManifestHeader readHeader() throws IOException {
    String line = in.readLine();
    JsonNode node = line == null ? null : parse(line);
    if (line == null || node == null || !node.has("admixManifest")) {
      throw damaged("it does not begin with a manifest's header");
    }
    if (number(node, "admixManifest") != ManifestWriter.VERSION) {
      throw damaged(
          "it is of version "
              + node.get("admixManifest")
              + ", this Admix reads version "
              + ManifestWriter.VERSION);
    }
    consumed(line);
    List<ManifestHeader.Source> sources = new ArrayList<>();
    for (JsonNode source : node.path("sources")) {
      sources.add(
          new ManifestHeader.Source(
              text(source, "name"), text(source, "root"), optional(source, "datasetId")));
    }
    return new ManifestHeader(
        text(node, "dataset"),
        text(node, "datasetId"),
        text(node, "taskId"),
        text(node, "folder"),
        number(node, "inode"),
        number(node, "seed"),
        text(node, "planSha256"),
        sources);
  }

  private ManifestEntry entry(JsonNode node) throws IOException {
    long inode = number(node, "inode");
    long modifiedNs = number(node, "modifiedNs");
    return new ManifestEntry(
        text(node, "path"),
        text(node, "source"),
        text(node, "from"),
        number(node, "size"),
        LinkMethod.valueOf(text(node, "method")),
        inode,
        modifiedNs,
        node.has("sourceInode") ? number(node, "sourceInode") : inode,
        node.has("sourceModifiedNs") ? number(node, "sourceModifiedNs") : modifiedNs,
        optional(node, "row"));
  }

  private void consumed(String line) {
    digest.update(line.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
  }

  private JsonNode parse(String line) throws IOException {
    try {
      return JSON.readTree(line);
    } catch (JacksonException e) {
      throw damaged("a line is no JSON: " + e.getOriginalMessage());
    }
  }

  private String text(JsonNode node, String key) throws IOException {
    JsonNode value = node.get(key);
    if (value == null || !value.isString()) {
      throw damaged("a line has no text '" + key + "'");
    }
    return value.stringValue();
  }

  private static @Nullable String optional(JsonNode node, String key) {
    JsonNode value = node.get(key);
    return value == null || value.isNull() ? null : value.stringValue();
  }

  private long number(JsonNode node, String key) throws IOException {
    JsonNode value = node.get(key);
    if (value == null || !value.isIntegralNumber()) {
      throw damaged("a line has no number '" + key + "'");
    }
    return value.longValue();
  }

  private IOException damaged(String why) {
    return new IOException("The manifest " + file + " cannot be used: " + why + ".");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
