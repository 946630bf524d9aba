package io.admix.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names of scratch folders, {@code .admix-doctor-<machine>-<pid>-<number>}, that tell whether their
 * maker lives. What is not known to be dead is left alone.
 */
final class ProbeNames {
  private static final String PREFIX = Segments.OWN_PREFIX + "doctor-";

  /** So many entries of a folder are looked at for leftovers. */
  private static final int LOOKS_MAX = 10_000;

  private static final AtomicLong NUMBER = new AtomicLong();

  /** Names in use by this process. Bounded by the probes at one time. */
  private static final Set<String> LIVE = ConcurrentHashMap.newKeySet();

  private static final String OWN = PREFIX + machine() + "-";

  private ProbeNames() {}

  static String begin() {
    String name = OWN + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
    LIVE.add(name);
    return name;
  }

  static void end(String name) {
    LIVE.remove(name);
  }

  /** Scratch folders in {@code parent} whose process is known to be dead. */
  static List<String> dead(Folder parent) {
    List<String> dead = new ArrayList<>();
    int[] looks = new int[1];
    try {
      parent.list((name, kind) -> {
        if (name != null && name.startsWith(OWN) && isDead(name)) {
          dead.add(name);
        }
        if (++looks[0] > LOOKS_MAX) {
          throw new Fault("list", Errno.OTHER, parent.path(), "seen enough");
        }
      });
    } catch (Fault e) {
      // What was found so far is enough, or nothing can be seen here: leftovers hinder nothing.
      return dead;
    }
    return dead;
  }

  private static boolean isDead(String name) {
    String[] parts = name.substring(OWN.length()).split("-", -1);
    if (parts.length != 2 || !parts[0].matches("[0-9]{1,18}")) {
      return false;
    }
    long pid = Long.parseLong(parts[0]);
    if (pid == ProcessHandle.current().pid()) {
      return !LIVE.contains(name);
    }
    return ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true);
  }

  /** One boot of one machine and one space of process ids: only there does a pid say anything. */
  private static String machine() {
    String boot = text(Path.of("/proc/sys/kernel/random/boot_id"));
    String space = target(Path.of("/proc/self/ns/pid"));
    // Without both, nobody can be called dead: a name that nobody else begins with.
    String all =
        boot.isEmpty() || space.isEmpty() ? UUID.randomUUID().toString() : boot + "|" + space;
    String id = UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
    return id.substring(0, id.indexOf('-'));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
