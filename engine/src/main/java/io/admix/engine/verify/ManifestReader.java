package io.admix.engine.verify;

import io.admix.core.name.Printable;
import io.admix.core.name.SafeNames;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.place.Place;
import io.admix.files.RealFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a manifest line by line. One that was edited, extended or cut short is told as such when
 * its end is reached, or before: the seal is over every byte. Paths that could leave the dataset
 * are refused, whoever sealed the file.
 */
public final class ManifestReader implements Closeable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final ManifestLines lines;
  private final MessageDigest digest = ManifestWriter.sha256();
  private final ManifestHeader header;
  private long files;
  private long bytes;
  private @Nullable String sha256;

  private ManifestReader(Path file, ManifestLines lines) throws IOException {
    this.file = file;
    this.lines = lines;
    this.header = readHeader();
  }

  /**
   * @throws DamagedManifestException when it is no manifest of this version
   * @throws IOException when it cannot be read
   */
  public static ManifestReader open(Path file) throws IOException {
    ManifestLines lines = new ManifestLines(file);
    try {
      return new ManifestReader(file, lines);
    } catch (IOException | RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  public ManifestHeader header() {
    return header;
  }

  /**
   * The next file, or empty after the last one, when footer and hash were found right.
   *
   * @throws DamagedManifestException when the manifest was edited or is cut short
   */
  public Optional<ManifestEntry> next() throws IOException {
    if (sha256 != null) {
      return Optional.empty();
    }
    if (!lines.advance()) {
      throw damaged("it ends without its last line");
    }
    JsonNode node = parse();
    if (node.has("sha256")) {
      checkFooter();
      return Optional.empty();
    }
    consumed();
    ManifestEntry entry = entry(node);
    files++;
    bytes += entry.size();
    return Optional.of(entry);
  }

  /** Files so far. */
  public long files() {
    return files;
  }

  /** Of every byte before the last line, lower-case hex; null until the end is reached. */
  public @Nullable String sha256() {
    return sha256;
  }

  /** The footer is what the lines give, byte for byte, and the end. */
  private void checkFooter() throws IOException {
    String found = HexFormat.of().formatHex(digest.digest());
    byte[] wanted = ManifestWriter.footer(files, bytes, found);
    int from = lines.from();
    boolean isSame =
        Arrays.equals(wanted, 0, wanted.length, lines.array(), from, from + lines.length());
    if (!isSame) {
      throw damaged("its lines are not those that were written");
    }
    if (!lines.isLast()) {
      throw damaged("something follows its last line");
    }
    sha256 = found;
  }

  private ManifestHeader readHeader() throws IOException {
    JsonNode node = lines.advance() ? parse() : null;
    if (node == null || !node.has("admixManifest")) {
      throw damaged("it does not begin with a manifest's header");
    }
    long version = number(node, "admixManifest");
    if (version != ManifestWriter.VERSION) {
      throw DamagedManifestException.ofVersion(file, version);
    }
    consumed();
    List<ManifestHeader.Source> sources = new ArrayList<>();
    for (JsonNode source : node.path("sources")) {
      sources.add(
          new ManifestHeader.Source(
              text(source, "name"), folder(source, "root"), optional(source, "datasetId")));
    }
    return new ManifestHeader(
        text(node, "dataset"),
        text(node, "datasetId"),
        text(node, "taskId"),
        folder(node, "folder"),
        number(node, "inode"),
        number(node, "seed"),
        text(node, "planSha256"),
        sources);
  }

  private ManifestEntry entry(JsonNode node) throws IOException {
    long inode = number(node, "inode");
    long modifiedNs = number(node, "modifiedNs");
    return new ManifestEntry(
        path(node, "path"),
        text(node, "source"),
        path(node, "from"),
        size(node),
        method(node),
        inode,
        modifiedNs,
        node.has("sourceInode") ? number(node, "sourceInode") : inode,
        node.has("sourceModifiedNs") ? number(node, "sourceModifiedNs") : modifiedNs,
        optional(node, "row"),
        real(node),
        object(node),
        optional(node, "sourceEtag"));
  }

  private @Nullable MadeObject object(JsonNode node) throws IOException {
    String etag = optional(node, "etag");
    boolean isOurs = !node.has("notOurs");
    return etag == null
        ? null
        : new MadeObject(etag, optional(node, "version"), isOurs, isOurs && !node.has("unmarked"));
  }

  private @Nullable String real(JsonNode node) throws IOException {
    String real = optional(node, "real");
    if (real != null && !RealFiles.isWrittenSo(real)) {
      throw damaged("the path '" + Printable.of(real) + "' is not safe");
    }
    return real;
  }

  private LinkMethod method(JsonNode node) throws IOException {
    String word = text(node, "method");
    for (LinkMethod method : LinkMethod.values()) {
      if (method.name().equals(word)) {
        return method;
      }
    }
    throw damaged("a line has the unknown method '" + Printable.of(word) + "'");
  }

  private long size(JsonNode node) throws IOException {
    long size = number(node, "size");
    if (size < 0) {
      throw damaged("a line has a size below 0");
    }
    return size;
  }

  private String path(JsonNode node, String key) throws IOException {
    String path = text(node, key);
    if (!SafeNames.staysBelow(path)) {
      throw damaged("the path '" + Printable.of(path) + "' is not safe");
    }
    return path;
  }

  private String folder(JsonNode node, String key) throws IOException {
    String folder = text(node, key);
    try {
      if (Place.isAddress(folder) ? Place.isStoredForm(folder) : Path.of(folder).isAbsolute()) {
        return folder;
      }
    } catch (InvalidPathException e) {
      // Told below.
    }
    throw damaged("'" + Printable.of(folder) + "' is no absolute folder and no place of objects");
  }

  private void consumed() {
    digest.update(lines.array(), lines.from(), lines.length());
  }

  private JsonNode parse() throws IOException {
    try {
      return JSON.readTree(lines.array(), lines.from(), lines.length());
    } catch (JacksonException e) {
      throw damaged("a line is no JSON: " + Printable.of(e.getOriginalMessage()));
    }
  }

  private String text(JsonNode node, String key) throws IOException {
    JsonNode value = node.get(key);
    if (value == null || !value.isString()) {
      throw damaged("a line has no text '" + key + "'");
    }
    return value.stringValue();
  }

  private @Nullable String optional(JsonNode node, String key) throws IOException {
    JsonNode value = node.get(key);
    return value == null || value.isNull() ? null : text(node, key);
  }

  private long number(JsonNode node, String key) throws IOException {
    JsonNode value = node.get(key);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
      throw damaged("a line has no number '" + key + "'");
    }
    return value.longValue();
  }

  private IOException damaged(String why) {
    return DamagedManifestException.because(file, why);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
