package io.admix.engine.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names one run of one process of one boot of one machine, so that another runner on the same
 * machine can tell for sure that it is dead. What is not sure is alive.
 *
 * @param host name of the machine as its processes see it
 * @param machine /etc/machine-id, or "" where there is none: two machines may share a host name
 * @param boot boot id of the kernel, or ""
 * @param namespace pid namespace: pids of another one say nothing here
 * @param pid process id
 * @param started start time of the process in clock ticks since boot (proc_pid_stat(5), field 22),
 *     so that a pid that was given out again is not taken for it
 * @param run one run of a task in that process
 */
public record RunnerIdentity(
    String host,
    String machine,
    String boot,
    String namespace,
    long pid,
    long started,
    String run) {

  private static final Path PROC = Path.of("/proc");

  /** Runs of this process that have not ended. Bounded by the runs at one time. */
  private static final Set<String> LIVE = ConcurrentHashMap.newKeySet();

  /** A new run of this process; {@link #ended} must be called at its end. */
  static RunnerIdentity begin() {
    RunnerIdentity identity =
        of(
            PROC,
            Path.of("/etc/machine-id"),
            ProcessHandle.current().pid(),
            UUID.randomUUID().toString());
    LIVE.add(identity.run);
    return identity;
  }

  /** From now on this run counts as dead in its own process. */
  void ended() {
    LIVE.remove(run);
  }

  static RunnerIdentity of(Path proc, Path machineId, long pid, String run) {
    return new RunnerIdentity(
        hostName(proc),
        line(machineId),
        line(proc.resolve("sys/kernel/random/boot_id")),
        namespace(proc),
        pid,
        startOf(proc, pid).orElse(0L),
        run);
  }

  /** The boot id of this machine, or "" where it has none. */
  static String bootId() {
    return line(PROC.resolve("sys/kernel/random/boot_id"));
  }

  /** The form that the catalogue keeps: parts separated by {@code |}. */
  String text() {
    return String.join(
        "|", host, machine, boot, namespace, Long.toString(pid), Long.toString(started), run);
  }

  static Optional<RunnerIdentity> parse(String text) {
    String[] p = text.split("\\|", -1);
    if (p.length != 7) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new RunnerIdentity(
              p[0], p[1], p[2], p[3], Long.parseLong(p[4]), Long.parseLong(p[5]), p[6]));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The form that the catalogue keeps, for messages. */
  static String inWords(String text) {
    return parse(text).map(RunnerIdentity::inWords).orElse(text);
  }

  /** For messages: {@code process 123 on host h}. */
  String inWords() {
    return "process " + pid + " on host " + host;
  }

  /**
   * Whether {@code other} is known to be dead, seen from this process. False also means "cannot be
   * told".
   */
  boolean knowsDead(String other) {
    return parse(other).map(identity -> knowsDead(identity, PROC)).orElse(false);
  }

  boolean knowsDead(RunnerIdentity other, Path proc) {
    if (!other.host.equals(host)
        || !other.machine.equals(machine)
        || other.boot.isEmpty()
        || boot.isEmpty()) {
      return false;
    }
    if (!other.boot.equals(boot)) {
      // Without a machine id, another boot under the same name may well be another machine.
      return !machine.isEmpty();
    }
    if (other.namespace.isEmpty() || !other.namespace.equals(namespace)) {
      return false;
    }
    if (other.pid == pid && other.started == started) {
      return !LIVE.contains(other.run);
    }
    return !isAlive(proc, other.pid, other.started);
  }

  private static String hostName(Path proc) {
    String name = line(proc.resolve("sys/kernel/hostname"));
    if (!name.isEmpty()) {
      return name;
    }
    try {
      return InetAddress.getLocalHost().getHostName().replace('|', '_');
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static String namespace(Path proc) {
    try {
      return Files.readSymbolicLink(proc.resolve("self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  /**
   * A process that ended but was not waited for (state Z) runs no more; one whose state cannot be
   * read may.
   */
  private static boolean isAlive(Path proc, long pid, long started) {
    if (!Files.exists(proc.resolve(Long.toString(pid)))) {
      return false;
    }
    try {
      String stat = Files.readString(proc.resolve(pid + "/stat"));
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state != 'Z' && state != 'X' && startOf(proc, pid).map(s -> s == started).orElse(true);
    } catch (IOException | RuntimeException e) {
      return Files.exists(proc.resolve(Long.toString(pid)));
    }
  }

  /**
   * The command in field 2 may hold blanks and brackets: fields are counted from its last bracket.
   */
  private static Optional<Long> startOf(Path proc, long pid) {
    try {
      String stat = Files.readString(proc.resolve(pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Optional.of(Long.parseLong(fields[19]));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static String line(Path file) {
    try {
      return Files.readString(file).strip().replace('|', '_');
    } catch (IOException e) {
      return "";
    }
  }
}
