package io.admix.files;

/**
 * The mount through which a folder is seen. Texts are empty and numbers -1 where it cannot be told.
 *
 * @param id as statx(2) and {@code /proc/self/mountinfo} name it
 * @param device st_dev: two mounts of one file system share it, and still no hard link goes between
 *     them
 * @param point where it is mounted
 * @param root the folder of the file system that is mounted there; not {@code /} for a bind mount
 * @param source the device or server
 * @param type of the file system, as the kernel's driver is called
 * @param options of the mount, then of the file system, comma-separated
 * @param nameMax longest name in bytes
 */
public record MountFacts(
    long id,
    long device,
    String point,
    String root,
    String source,
    String type,
    String options,
    long nameMax) {

  public static final MountFacts UNKNOWN = new MountFacts(-1, -1, "", "", "", "", "", -1);

  /** Whether an option such as {@code ro} or {@code prjquota} is set. */
  public boolean has(String option) {
    return (',' + options + ',').contains(',' + option + ',');
  }
}
