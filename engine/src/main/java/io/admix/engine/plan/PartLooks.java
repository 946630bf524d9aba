package io.admix.engine.plan;

import io.admix.core.plan.PlanEntry.Seen;
import io.admix.files.LinkRules.Verdict;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of chosen files where their part was worked on, as it lies in their records before
 * the row id:
 *
 * <pre>
 * size 8 ‖ modification time 8 ‖ inode 8 ‖ whether it is a link that is not followed 1 ‖ length of real path 2 ‖ real path
 * </pre>
 */
final class PartLooks {
  /** Of the verdict of a record that holds a look. */
  static final int MARK = 0x40;

  private static final int FIXED = 3 * Long.BYTES + 1 + Short.BYTES;

  private PartLooks() {}

  /**
   * What was seen of a file.
   *
   * @param isRefused whether it is a symbolic link that leads to no regular file
   * @param realPath where it leads when it is a symbolic link; whether it may lead there is not
   *     said
   * @param length of all this in the record
   */
  record Look(Seen seen, long size, boolean isRefused, @Nullable String realPath, int length) {}

  static Look read(byte[] array, int at) {
    ByteBuffer fixed = ByteBuffer.wrap(array, at, FIXED);
    long size = fixed.getLong();
    long modifiedNs = fixed.getLong();
    long inode = fixed.getLong();
    boolean isRefused = fixed.get() != 0;
    int length = fixed.getShort() & 0xffff;
    String real =
        length == 0 ? null : new String(array, at + FIXED, length, StandardCharsets.UTF_8);
    Seen seen = inode == 0 ? Seen.NOTHING : new Seen(inode, modifiedNs);
    return new Look(seen, size, isRefused, real, FIXED + length);
  }

  /**
   * The record with what {@code stats} has just seen.
   *
   * @param fields of that record, without a look
   */
  static byte[] added(
      byte[] array, int offset, int length, Selection.Fields fields, EntryStats stats) {
    long refused = stats.refusedLinks();
    Seen seen = stats.look(fields.source, fields.folder, fields.name, fields.size);
    Verdict verdict = stats.verdict(fields.source);
    String realPath = stats.realPath();
    byte[] real = realPath == null ? new byte[0] : realPath.getBytes(StandardCharsets.UTF_8);
    int verdictAt = fields.restAt + 3 * Long.BYTES;
    ByteBuffer record = ByteBuffer.allocate(length + FIXED + real.length);
    record.put(array, offset, verdictAt - offset);
    record.put((byte) (verdict.ordinal() | MARK));
    record.putLong(stats.size(fields.size)).putLong(seen.modifiedNs()).putLong(seen.inode());
    record.put((byte) (stats.refusedLinks() > refused ? 1 : 0));
    record.putShort((short) real.length).put(real);
    record.put(array, verdictAt + 1, offset + length - verdictAt - 1);
    return Arrays.copyOf(record.array(), record.position());
  }
}
