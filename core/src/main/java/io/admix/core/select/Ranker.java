package io.admix.core.select;

import io.admix.core.name.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Gives each file of one source its rank: a 64-bit number that orders the files at random but
 * reproducibly. A source's selection is the files of lowest rank, compared unsigned, ties by the
 * path's bytes.
 *
 * <p><b>Layout.</b> The rank is SipHash-2-4 with the 16-byte key {@code seed as u64 little-endian ‖
 * 8 zero bytes} over the message
 *
 * <pre>UTF-8(identity name) ‖ 0x00 ‖ salt in decimal ASCII ‖ 0x00 ‖ UTF-8(relative path with '/')
 * </pre>
 *
 * where the identity name is the dataset's name or the folder's base name, and the salt is 1 for
 * the recipe's first source on that dataset or folder, 2 for its second, and so on. No name or path
 * holds a zero byte, so two different triples never give one message. No path prefix and no
 * database id goes in: a moved folder, or a dataset registered again, gives the same mix.
 *
 * <p><b>Why the selection is uniform.</b> SipHash is a pseudorandom function: for a seed drawn at
 * random the ranks of n files behave as n independent uniform numbers, so every order of the files
 * is equally likely, and the lowest k are a uniform sample without replacement. The sample does not
 * depend on the order of reading; the k lowest are among the 2k lowest; a file that comes or goes
 * moves at most one other over the cut. A second source over the same files has another salt, hence
 * an independent order: under the first order, what the first source left would all rank high.
 *
 * <p>Not thread-safe: it keeps one buffer. Make one per thread.
 */
public final class Ranker {
  private final long seed;
  private final int prefixLength;
  private byte[] message;

  private Ranker(long seed, byte[] prefix) {
    this.seed = seed;
    this.prefixLength = prefix.length;
    this.message = Arrays.copyOf(prefix, prefix.length + 512);
  }

  /**
   * A ranker for one source.
   *
   * @param identityName name of the dataset, or base name of the folder
   * @param salt 1 for the recipe's first source on it, 2 for the second, …
   * @throws IllegalArgumentException when the name holds a zero byte or a lone surrogate, or the
   *     salt is below 1
   */
  public static Ranker of(long seed, String identityName, int salt) {
    if (identityName.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a zero byte in the name of a dataset or folder");
    }
    if (salt < 1) {
      throw new IllegalArgumentException("salt " + salt + " is below 1");
    }
    byte[] name = Utf8.encode(identityName);
    byte[] number = Integer.toString(salt).getBytes(StandardCharsets.US_ASCII);
    byte[] prefix = Arrays.copyOf(name, name.length + number.length + 2);
    System.arraycopy(number, 0, prefix, name.length + 1, number.length);
    return new Ranker(seed, prefix);
  }

  /**
   * The rank of the file whose relative path is these UTF-8 bytes. Allocates nothing unless the
   * buffer must grow.
   */
  public long rank(byte[] path, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, path.length);
    reserve(length);
    System.arraycopy(path, offset, message, prefixLength, length);
    return SipHash24.hash(seed, 0, message, 0, prefixLength + length);
  }

  /** The rank of the file whose relative path is these UTF-8 bytes. */
  public long rank(byte[] path) {
    return rank(path, 0, path.length);
  }

  /**
   * The rank of the file of this relative path.
   *
   * @throws IllegalArgumentException when the path holds a lone surrogate
   */
  public long rank(String path) {
    return rank(Utf8.encode(path));
  }

  private void reserve(int length) {
    if (message.length - prefixLength < length) {
      message =
          Arrays.copyOf(
              message, prefixLength + Math.max(length, 2 * (message.length - prefixLength)));
    }
  }
}
