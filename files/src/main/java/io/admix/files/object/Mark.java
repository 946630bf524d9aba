package io.admix.files.object;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One entry of metadata by which an object says for which task and out of what it was made. It is
 * how an object that is already there is told to be ours, after a crash or when an answer was lost:
 * an entity tag does not tell, since it changes with encryption by KMS and with the sizes of parts,
 * and an equal one may be of somebody else's object.
 *
 * @param value printable ASCII
 */
public record Mark(String value) {
  /** Name of the entry: {@code x-amz-meta-admix-made}. */
  public static final String NAME = "admix-made";

  private static final int DIGEST_BYTES = 16;

  /** The mark of a copy of an object. */
  public static Mark ofCopy(String task, ObjectKey source, ObjectExpected expected) {
    return of(
        task,
        "object",
        source.bucket(),
        source.key(),
        expected.etag(),
        Long.toString(expected.size()));
  }

  /** The mark of what was made of a file. */
  public static Mark ofFile(String task, String path, long size, long modifiedNs) {
    return of(task, "file", path, Long.toString(size), Long.toString(modifiedNs));
  }

  /** The mark of an object that Admix writes for itself, such as a manifest. */
  public static Mark ofOwn(String task, String what) {
    return of(task, "own", what);
  }

  /** For which task it was made, as far as the mark tells. */
  public String task() {
    return value.substring(0, Math.max(0, value.indexOf('/')));
  }

  private static Mark of(String task, String... identity) {
    MessageDigest digest = sha256();
    for (String part : identity) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      // Lengths stand between the parts, so that no two lists of parts give the same bytes.
      digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes);
    }
    return new Mark(task + "/" + HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
