package io.admix.files;

import io.admix.core.recipe.LinkMethod;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Foretells which method will place files, from what the two file systems say of themselves:
 * nothing is made, on neither side. Rights of single files, link limits and quotas are not
 * foreseen.
 */
public final class MethodForecast {
  private static final Set<String> SHARES_BLOCKS = Set.of("btrfs", "xfs", "bcachefs");
  private static final Set<String> HAS_NO_LINKS = Set.of("vfat", "msdos", "exfat");

  private MethodForecast() {}

  /**
   * The first method of {@code order} that is expected to work, or empty when none is.
   *
   * @param targetParent the folder in which the staging folder will stand
   */
  public static Optional<LinkMethod> forecast(
      Folder source, Folder targetParent, List<LinkMethod> order) throws Fault {
    for (LinkMethod method : order) {
      if (isExpected(method, source, targetParent)) {
        return Optional.of(method);
      }
    }
    return Optional.empty();
  }

  /** Whether a method is expected to work, from what the two file systems say of themselves. */
  public static boolean isExpected(LinkMethod method, Folder source, Folder target) throws Fault {
    return switch (method) {
      case HARDLINK -> isOneDevice(source, target) && hasLinks(target);
      case REFLINK -> isShared(source, target);
      case SYMLINK -> hasLinks(target);
      case COPY -> true;
    };
  }

  private static boolean isOneDevice(Folder source, Folder target) {
    return source.mountId() == target.mountId() && source.deviceId() == target.deviceId();
  }

  private static boolean hasLinks(Folder target) throws Fault {
    return !HAS_NO_LINKS.contains(typeOf(target));
  }

  /**
   * Whether copies share blocks with their sources, so that they take no room: one file system,
   * seen by its device, or by its mount where each subvolume has a device of its own.
   */
  public static boolean isShared(Folder source, Folder target) throws Fault {
    boolean one =
        source.mountId() == target.mountId() || source.stat().device() == target.stat().device();
    return one && SHARES_BLOCKS.contains(typeOf(target));
  }

  private static String typeOf(Folder folder) throws Fault {
    return folder.volume().type().toLowerCase(Locale.ROOT);
  }
}
