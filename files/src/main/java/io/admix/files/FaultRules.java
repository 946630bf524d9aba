package io.admix.files;

import static io.admix.core.recipe.LinkMethod.COPY;
import static io.admix.core.recipe.LinkMethod.HARDLINK;
import static io.admix.core.recipe.LinkMethod.REFLINK;
import static io.admix.core.recipe.LinkMethod.SYMLINK;

import io.admix.core.recipe.LinkMethod;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Which fault of which method leads where, as data. What the table does not name fails that file by
 * its errno: nothing unknown ever leads silently to another method.
 *
 * <p>Sources: link(2), symlink(2), ioctl_ficlone(2), copy_file_range(2), write(2).
 */
final class FaultRules {
  /** What is done about a fault. */
  enum Reaction {
    /** Look at what holds the name: done already, ours and made again, or CONFLICT. */
    SETTLE_EXISTING,
    /** Next method, for this file. */
    NEXT,
    /** Next method, for every file of this pair of mounts. */
    NEXT_FOR_PAIR,
    /**
     * Next method for this file; for the pair once a source of another owner or mode says the same.
     */
    NEXT_UNTIL_CONFIRMED,
    /** Next method for every entry of this inode. */
    NEXT_FOR_INODE,
    /** Find out which side may not be reached. */
    LOOK_AT_ACCESS,
    /** Find out which side is gone. */
    LOOK_FOR_MISSING,
    /** A symbolic link or a file stands where a folder must be. */
    REFUSE_UNSAFE,
    /** The volume is full: the task stops and can be resumed. */
    STOP_FULL,
    /** Nothing can be written there at all: the task stops until rights or quota are mended. */
    STOP_JOB,
    /** Try again at once. */
    AGAIN,
    /** Try once more, then the file fails. */
    AGAIN_ONCE,
    /** The caller opens the folders again. */
    REOPEN,
    /** Try again after a pause that doubles. */
    BACK_OFF,
    /** The file fails. */
    FAIL_FILE
  }

  private static final Map<LinkMethod, Map<Errno, Reaction>> TABLE = table();

  private FaultRules() {}

  static Reaction reaction(LinkMethod method, Errno errno) {
    return rows(TABLE, method).getOrDefault(errno, Reaction.FAIL_FILE);
  }

  private static Map<Errno, Reaction> rows(
      Map<LinkMethod, Map<Errno, Reaction>> table, LinkMethod method) {
    return table.getOrDefault(method, Collections.emptyMap());
  }

  private static Map<LinkMethod, Map<Errno, Reaction>> table() {
    Map<LinkMethod, Map<Errno, Reaction>> table = new EnumMap<>(LinkMethod.class);
    for (LinkMethod method : LinkMethod.values()) {
      table.put(method, common());
    }
    Set<LinkMethod> namesOnly = EnumSet.of(HARDLINK, SYMLINK);
    put(table, EnumSet.of(HARDLINK, REFLINK), Reaction.NEXT_FOR_PAIR, Errno.EXDEV);
    put(
        table,
        EnumSet.of(HARDLINK, SYMLINK, REFLINK),
        Reaction.NEXT_FOR_PAIR,
        Errno.EOPNOTSUPP,
        Errno.ENOTTY,
        Errno.ENOSYS);
    put(table, EnumSet.of(HARDLINK), Reaction.NEXT_UNTIL_CONFIRMED, Errno.EPERM);
    put(table, EnumSet.of(SYMLINK), Reaction.NEXT_FOR_PAIR, Errno.EPERM);
    put(table, EnumSet.of(REFLINK), Reaction.NEXT, Errno.EPERM, Errno.EACCES);
    put(table, EnumSet.of(HARDLINK, COPY), Reaction.LOOK_AT_ACCESS, Errno.EACCES);
    put(table, EnumSet.of(SYMLINK), Reaction.STOP_JOB, Errno.EACCES);
    put(table, EnumSet.of(HARDLINK), Reaction.NEXT_FOR_INODE, Errno.EMLINK);
    put(
        table,
        EnumSet.of(REFLINK),
        Reaction.NEXT,
        Errno.EINVAL,
        Errno.EBADF,
        Errno.ETXTBSY,
        Errno.EFBIG);
    put(table, namesOnly, Reaction.AGAIN_ONCE, Errno.EIO);
    return table;
  }

  private static Map<Errno, Reaction> common() {
    Map<Errno, Reaction> rows = new EnumMap<>(Errno.class);
    rows.put(Errno.EEXIST, Reaction.SETTLE_EXISTING);
    rows.put(Errno.ENOENT, Reaction.LOOK_FOR_MISSING);
    rows.put(Errno.ELOOP, Reaction.REFUSE_UNSAFE);
    rows.put(Errno.ENOTDIR, Reaction.REFUSE_UNSAFE);
    rows.put(Errno.ENOSPC, Reaction.STOP_FULL);
    rows.put(Errno.EDQUOT, Reaction.STOP_JOB);
    rows.put(Errno.EROFS, Reaction.STOP_JOB);
    rows.put(Errno.ESTALE, Reaction.REOPEN);
    rows.put(Errno.EINTR, Reaction.AGAIN);
    rows.put(Errno.EAGAIN, Reaction.AGAIN);
    for (Errno busy :
        EnumSet.of(Errno.EBUSY, Errno.ETIMEDOUT, Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM)) {
      rows.put(busy, Reaction.BACK_OFF);
    }
    return rows;
  }

  private static void put(
      Map<LinkMethod, Map<Errno, Reaction>> table,
      Set<LinkMethod> methods,
      Reaction reaction,
      Errno... errnos) {
    for (LinkMethod method : methods) {
      Map<Errno, Reaction> rows = rows(table, method);
      for (Errno errno : errnos) {
        rows.put(errno, reaction);
      }
    }
  }
}
