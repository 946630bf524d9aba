package io.admix.engine.plan;

import io.admix.core.name.ByteCount;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.report.MethodCount;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.MethodForecast;
import io.admix.files.MountFacts;
import io.admix.files.Volume;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a mix fits into what a volume has free. Only what is sure not to fit is refused: blocks
 * that are not full, folders without files and what others write meanwhile are not counted.
 */
public final class Room {
  static final String ADVICE =
      "make room, choose a target on the file system of the sources (hard links take no room), or ask for less; nothing was made";

  /** What compresses may hold more than it has free. */
  private static final Set<String> COMPRESSES = Set.of("zfs", "bcachefs");

  private final String path;
  private final Volume volume;
  private final boolean mayCompress;

  private Room(String path, Volume volume, boolean mayCompress) {
    this.path = path;
    this.volume = volume;
    this.mayCompress = mayCompress;
  }

  static Room of(String path, Volume volume) {
    return new Room(path, volume, COMPRESSES.contains(volume.type()));
  }

  static Room in(Folder target) throws Fault {
    Volume volume = target.volume();
    MountFacts mount = target.mount();
    boolean mayCompress =
        COMPRESSES.contains(volume.type()) || mount.options().contains("compress");
    return new Room(target.path(), volume, mayCompress);
  }

  /** What does not fit, with numbers. */
  List<String> problems(long bytes, long inodes) {
    List<String> problems = new ArrayList<>();
    if (isShort(bytes) && !mayCompress) {
      problems.add(
          "the mix does not fit: %s must be copied, but %s has %s free, %s too little"
              .formatted(
                  ByteCount.words(bytes),
                  path,
                  ByteCount.words(volume.bytesFree()),
                  ByteCount.words(bytes - volume.bytesFree())));
    }
    if (volume.inodesFree() >= 0 && inodes > volume.inodesFree()) {
      problems.add(
          "the mix does not fit: %,d inodes are needed for files and folders, but %s has %,d free, %,d too few"
              .formatted(inodes, path, volume.inodesFree(), inodes - volume.inodesFree()));
    }
    return problems;
  }

  /** A sentence when it is not sure that the bytes fit. */
  Optional<String> doubt(long bytes) {
    return isShort(bytes) && mayCompress
        ? Optional.of(
            "%s are to be copied, but %s has room for %s only, unless they are compressed"
                .formatted(ByteCount.words(bytes), path, ByteCount.words(volume.bytesFree())))
        : Optional.empty();
  }

  private boolean isShort(long bytes) {
    return bytes > volume.bytesFree();
  }

  /**
   * Looks once more before a sealed plan is begun: it may have been sealed when there was room.
   *
   * @throws PlanException when it does not fit any more; nothing was made
   */
  public static void require(FileAccess access, PlanHeader header) throws PlanException, Fault {
    if (header.summary().target().isObjects()) {
      return;
    }
    Map<LinkMethod, MethodCount> methods = header.summary().methods();
    MethodCount copies = methods.getOrDefault(LinkMethod.COPY, MethodCount.NONE);
    long inodes = 1;
    for (Map.Entry<LinkMethod, MethodCount> entry : methods.entrySet()) {
      inodes += entry.getKey() == LinkMethod.HARDLINK ? 0 : entry.getValue().files();
    }
    Path parent = SourceResolver.existing(Digests.folderOf(header.summary().target().folder()));
    try (Folder target = access.open(parent)) {
      long bytes = sharesBlocks(access, header, target) ? 0 : copies.bytes();
      List<String> problems = in(target).problems(bytes, inodes);
      if (!problems.isEmpty()) {
        List<String> lines = new ArrayList<>(problems);
        lines.add(ADVICE);
        throw new PlanException(lines);
      }
    }
  }

  /** The plan does not tell whose bytes are copied: one source that shares is enough to doubt. */
  private static boolean sharesBlocks(FileAccess access, PlanHeader header, Folder target) {
    return header.sources().stream()
        .filter(source -> !source.place().isObjects())
        .anyMatch(source -> {
          try (Folder root = access.open(source.place().folder())) {
            return MethodForecast.isShared(root, target);
          } catch (Fault e) {
            // A source that is gone shares nothing; placing tells that it is gone.
            return false;
          }
        });
  }
}
