package io.admix.files;

import java.util.Map;

/** How many hard links one file may have, by file system (constants of the kernel's drivers). */
public final class LinkLimits {
  /** It cannot be told: the server or the layer below decides. */
  public static final long UNKNOWN = -1;

  /** There is no bound. */
  public static final long NONE = Long.MAX_VALUE;

  private static final Map<String, Long> LIMITS =
      Map.ofEntries(
          Map.entry("ext4", 65_000L),
          Map.entry("btrfs", 65_535L),
          Map.entry("xfs", 2_147_483_647L),
          Map.entry("f2fs", 4_294_967_295L),
          Map.entry("bcachefs", 4_294_967_295L),
          Map.entry("ntfs3", 1_024L),
          Map.entry("ntfs", 1_024L),
          Map.entry("tmpfs", NONE),
          Map.entry("ramfs", NONE),
          Map.entry("vfat", 1L),
          Map.entry("msdos", 1L),
          Map.entry("exfat", 1L));

  private LinkLimits() {}

  /** Of a {@link Volume#type}; {@link #UNKNOWN} where it cannot be told. */
  public static long of(String type) {
    return LIMITS.getOrDefault(type.toLowerCase(java.util.Locale.ROOT), UNKNOWN);
  }
}
