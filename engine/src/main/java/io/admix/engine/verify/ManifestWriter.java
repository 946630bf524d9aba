package io.admix.engine.verify;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Writes a manifest as JSON Lines: a header, one object per file, a footer with counts and the
 * sha-256 of every byte before it. Nothing of it is held.
 */
public final class ManifestWriter {
  static final int VERSION = 1;

  private final OutputStream out;
  private final MessageDigest digest;
  private final JsonStringEncoder encoder = JsonStringEncoder.getInstance();
  private long files;
  private long bytes;

  /**
   * @param out buffered; not closed here
   */
  public ManifestWriter(OutputStream out, ManifestHeader header) throws IOException {
    this.out = out;
    this.digest = sha256();
    line(header(header));
  }

  public void add(ManifestEntry entry) throws IOException {
    StringBuilder line = new StringBuilder(256).append('{');
    text(line, "path", entry.path());
    text(line.append(','), "source", entry.source());
    text(line.append(','), "from", entry.from());
    line.append(",\"size\":").append(entry.size());
    text(line.append(','), "method", entry.method().name());
    line.append(",\"inode\":")
        .append(entry.inode())
        .append(",\"modifiedNs\":")
        .append(entry.modifiedNs());
    if (entry.sourceInode() != entry.inode()) {
      line.append(",\"sourceInode\":").append(entry.sourceInode());
    }
    if (entry.sourceModifiedNs() != entry.modifiedNs()) {
      line.append(",\"sourceModifiedNs\":").append(entry.sourceModifiedNs());
    }
    optional(line, "row", entry.row());
    optional(line, "real", entry.real());
    object(line, entry.object());
    optional(line, "sourceEtag", entry.sourceEtag());
    line(line.append('}'));
    files++;
    bytes += entry.size();
  }

  /**
   * Writes the footer.
   *
   * @return sha-256 of everything before it, lower-case hex
   */
  public String finish() throws IOException {
    String sha256 = HexFormat.of().formatHex(digest.digest());
    out.write(footer(files, bytes, sha256));
    return sha256;
  }

  static byte[] footer(long files, long bytes, String sha256) {
    String line =
        "{\"files\":" + files + ",\"bytes\":" + bytes + ",\"sha256\":\"" + sha256 + "\"}\n";
    return line.getBytes(StandardCharsets.UTF_8);
  }

  public long files() {
    return files;
  }

  public long bytes() {
    return bytes;
  }

  private StringBuilder header(ManifestHeader header) {
    StringBuilder line = new StringBuilder("{\"admixManifest\":").append(VERSION);
    text(line.append(','), "dataset", header.dataset());
    text(line.append(','), "datasetId", header.datasetId());
    text(line.append(','), "taskId", header.taskId());
    text(line.append(','), "folder", header.folder());
    line.append(",\"inode\":").append(header.inode());
    line.append(",\"seed\":").append(header.seed());
    text(line.append(','), "planSha256", header.planSha256());
    line.append(",\"sources\":[");
    for (ManifestHeader.Source source : header.sources()) {
      line.append(line.charAt(line.length() - 1) == '[' ? "{" : ",{");
      text(line, "name", source.name());
      text(line.append(','), "root", source.root());
      optional(line, "datasetId", source.datasetId());
      line.append('}');
    }
    return line.append("]}");
  }

  private void object(StringBuilder line, @Nullable MadeObject object) {
    if (object == null) {
      return;
    }
    text(line.append(','), "etag", object.etag());
    optional(line, "version", object.version());
    if (!object.isOurs()) {
      line.append(",\"notOurs\":true");
    } else if (!object.isMarked()) {
      line.append(",\"unmarked\":true");
    }
  }

  private void optional(StringBuilder line, String key, @Nullable String value) {
    if (value != null) {
      text(line.append(','), key, value);
    }
  }

  private void text(StringBuilder line, String key, String value) {
    line.append('"').append(key).append("\":\"");
    encoder.quoteAsString(value, line);
    line.append('"');
  }

  private void line(StringBuilder line) throws IOException {
    byte[] encoded = line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    digest.update(encoded);
    out.write(encoded);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
