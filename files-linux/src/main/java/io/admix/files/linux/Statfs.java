package io.admix.files.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.admix.files.Volume;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Set;

/**
 * Reads a struct statfs; offsets of the 64-bit form, type numbers from {@code
 * include/uapi/linux/magic.h} and statfs(2).
 */
final class Statfs {
  private static final int READ_ONLY = 1;

  private static final Map<Long, String> TYPES =
      Map.ofEntries(
          Map.entry(0xEF53L, "ext4"),
          Map.entry(0x58465342L, "xfs"),
          Map.entry(0x9123683EL, "btrfs"),
          Map.entry(0xCA451A4EL, "bcachefs"),
          Map.entry(0xF2F52010L, "f2fs"),
          Map.entry(0x2FC12FC1L, "zfs"),
          Map.entry(0x01021994L, "tmpfs"),
          Map.entry(0x858458F6L, "ramfs"),
          Map.entry(0x794C7630L, "overlay"),
          Map.entry(0x4D44L, "vfat"),
          Map.entry(0x2011BAB0L, "exfat"),
          Map.entry(0x7366746EL, "ntfs3"),
          Map.entry(0x73717368L, "squashfs"),
          Map.entry(0xE0F5E1E2L, "erofs"),
          Map.entry(0x9660L, "iso9660"),
          Map.entry(0x6969L, "nfs"),
          Map.entry(0xFF534D42L, "cifs"),
          Map.entry(0xFE534D42L, "smb2"),
          Map.entry(0x517BL, "smb"),
          Map.entry(0x00C36400L, "ceph"),
          Map.entry(0x65735546L, "fuse"),
          Map.entry(0x01021997L, "9p"),
          Map.entry(0x0BD00BD0L, "lustre"),
          Map.entry(0x47504653L, "gpfs"),
          Map.entry(0x5346414FL, "afs"),
          Map.entry(0x6B414653L, "afs"));

  private static final Set<String> NETWORK =
      Set.of("nfs", "cifs", "smb2", "smb", "ceph", "fuse", "9p", "lustre", "gpfs", "afs");

  private Statfs() {}

  static Volume read(MemorySegment statfs) {
    long magic = statfs.get(JAVA_LONG, 0) & 0xFFFF_FFFFL;
    String type = TYPES.getOrDefault(magic, "0x" + Long.toHexString(magic));
    long fragment = statfs.get(JAVA_LONG, 72);
    long unit = fragment > 0 ? fragment : statfs.get(JAVA_LONG, 8);
    long blocksFree = statfs.get(JAVA_LONG, 32);
    boolean countsInodes = statfs.get(JAVA_LONG, 40) != 0;
    boolean readOnly = (statfs.get(JAVA_LONG, 80) & READ_ONLY) != 0;
    return new Volume(
        type,
        NETWORK.contains(type),
        readOnly,
        blocksFree * unit,
        countsInodes ? statfs.get(JAVA_LONG, 48) : -1);
  }
}
