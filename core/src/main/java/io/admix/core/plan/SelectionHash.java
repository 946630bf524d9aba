package io.admix.core.plan;

import io.admix.core.name.Utf8;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of what a plan selects and where it puts it, whatever the inodes and times of the day
 * it was made. For each main entry, in canonical order:
 *
 * <pre>
 * UTF-8(target path) ‖ 0x00 ‖ UTF-8(source name) ‖ 0x00 ‖ UTF-8(relative path) ‖ 0x00 ‖ size in decimal ASCII ‖ 0x0A
 * </pre>
 *
 * No name holds a zero byte and no number a line feed, so different entries never give the same
 * bytes.
 *
 * <p>Not thread-safe.
 */
public final class SelectionHash {
  private final MessageDigest digest;

  /** The digest is dear to call and cheap to feed: it is fed by the buffer. */
  private final byte[] buffer = new byte[1 << 13];

  private int used;

  /** The hash of no entry yet. */
  public SelectionHash() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Adds the next entry.
   *
   * @param sourceName the source's name in the recipe
   * @param relativePath path of the file below the source's root
   * @param size in bytes
   */
  public void add(String targetPath, String sourceName, String relativePath, long size) {
    add(targetPath);
    add(sourceName);
    add(relativePath);
    put(Long.toString(size).getBytes(StandardCharsets.US_ASCII), (byte) '\n');
  }

  /** Adds the next entry of a source of that name. */
  public void add(PlanEntry entry, String sourceName) {
    add(entry.targetPath(), sourceName, entry.sourcePath(), entry.size());
  }

  /** The hash in 64 lower-case hexadecimal digits; nothing can be added to it afterwards. */
  public String hex() {
    flush();
    return HexFormat.of().formatHex(digest.digest());
  }

  private void add(String text) {
    put(Utf8.encode(text), (byte) 0);
  }

  private void put(byte[] bytes, byte end) {
    if (bytes.length >= buffer.length - used) {
      flush();
    }
    if (bytes.length >= buffer.length) {
      digest.update(bytes);
    } else {
      System.arraycopy(bytes, 0, buffer, used, bytes.length);
      used += bytes.length;
    }
    buffer[used++] = end;
  }

  private void flush() {
    digest.update(buffer, 0, used);
    used = 0;
  }
}
