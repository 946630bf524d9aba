package io.admix.files;

/**
 * What an inode carries beyond its {@link Stat}.
 *
 * @param readable whether this process may read it
 * @param immutable chattr +i: no link to it can be made
 * @param appendOnly chattr +a: no link to it can be made
 * @param project id of the quota project, -1 where it cannot be told
 * @param inheritsProject whether what is made in this folder gets its project: then a link to a
 *     file of another project is EXDEV
 */
public record Marks(
    Known readable, Known immutable, Known appendOnly, long project, Known inheritsProject) {

  public static final Marks UNKNOWN =
      new Marks(Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN, -1, Known.UNKNOWN);

  /** Whether flags of the inode itself forbid hard links. */
  public boolean forbidsLinks() {
    return immutable == Known.YES || appendOnly == Known.YES;
  }
}
