package io.admix.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The command line as a process whose system calls that change or look at files below some folders,
 * or to a database, is seen before it happens, in the one order in which all its threads make them.
 */
final class TracedProcess {
  /**
   * What becomes of the process at a call.
   *
   * @param errno with which the call fails without having happened, or 0
   */
  record Verdict(boolean isKill, int errno) {
    static final Verdict GO_ON = new Verdict(false, 0);
    static final Verdict KILL = new Verdict(true, 0);

    static Verdict fail(int errno) {
      return new Verdict(false, errno);
    }
  }

  /** Asked before each known call; as long as it does not answer, the process stands still. */
  @FunctionalInterface
  interface Watcher {
    Verdict at(SystemCall call, String subject) throws Exception;
  }

  private final RealProcess.Start start;
  private final List<Path> watched;
  private final Watcher watcher;

  /** Threads within a call that is to fail, and how. */
  private final Map<Integer, Integer> failing = new HashMap<>();

  private TracedProcess(RealProcess.Start start, List<Path> watched, Watcher watcher) {
    this.start = start;
    this.watched = watched;
    this.watcher = watcher;
  }

  /**
   * Runs it to its end.
   *
   * @param watched calls elsewhere are not told, unless they go to a socket
   * @return the exit code, 137 when it was killed
   */
  static int run(RealProcess.Start start, List<Path> watched, Watcher watcher, String... arguments)
      throws Exception {
    return new TracedProcess(start, watched, watcher).run(arguments);
  }

  private int run(String... arguments) throws Exception {
    try (Ptrace ptrace = new Ptrace()) {
      int pid = ptrace.spawn(command(arguments), environment());
      try {
        ptrace.attachStopped(pid);
        return follow(ptrace, pid);
      } catch (Exception | Error e) {
        drain(ptrace, pid);
        throw e;
      }
    }
  }

  /** Whether this machine lets a process be traced. */
  static boolean isPossible() {
    boolean known =
        System.getProperty("os.arch").equals("amd64")
            || System.getProperty("os.arch").equals("aarch64");
    if (!known || !System.getProperty("os.name").equals("Linux")) {
      return false;
    }
    try (Ptrace ptrace = new Ptrace()) {
      int pid =
          ptrace.spawn(List.of("sh", "-c", "kill -STOP $$; exit 0"), List.of("PATH=/usr/bin:/bin"));
      ptrace.attachStopped(pid);
      drain(ptrace, pid);
      return true;
    } catch (IllegalStateException refused) {
      return false;
    }
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    String script = "cd \"$1\" && shift && kill -STOP $$ && exec \"$@\" >\"$ADMIX_TEST_OUT\" 2>&1";
    command.addAll(List.of("sh", "-c", script, "sh", start.folder().toString()));
    command.addAll(start.command(arguments));
    return command;
  }

  private List<String> environment() {
    Map<String, String> environment = new TreeMap<>(System.getenv());
    environment.keySet().removeIf(key -> key.startsWith("ADMIX_"));
    environment.putAll(start.environment());
    environment.put("ADMIX_TEST_OUT", start.told().toString());
    List<String> lines = new ArrayList<>();
    environment.forEach((key, value) -> lines.add(key + "=" + value));
    return lines;
  }

  private int follow(Ptrace ptrace, int pid) throws Exception {
    while (true) {
      Ptrace.Event event = ptrace.await();
      if (event.thread() < 0) {
        throw new IllegalStateException("the process went away without an exit code");
      }
      if (!event.isStop()) {
        if (event.thread() == pid) {
          return event.exitCode();
        }
      } else if (event.isSystemCall()) {
        atSystemCall(ptrace, pid, event.thread());
      } else if (event.isGroupStop()) {
        ptrace.listen(event.thread());
      } else {
        ptrace.proceed(event.thread(), event.isOfPtrace() ? 0 : event.signal());
      }
    }
  }

  private void atSystemCall(Ptrace ptrace, int pid, int thread) throws Exception {
    SystemCall call = ptrace.entered(thread);
    if (call == null) {
      Integer errno = failing.remove(thread);
      if (errno != null) {
        ptrace.answer(thread, errno);
      }
      ptrace.proceed(thread, 0);
      return;
    }
    Verdict verdict = verdict(call);
    if (verdict.isKill) {
      ptrace.kill(pid, Ptrace.SIGKILL);
      return;
    }
    if (verdict.errno != 0) {
      failing.put(thread, verdict.errno);
      ptrace.skip(thread);
    }
    ptrace.proceed(thread, 0);
  }

  private Verdict verdict(SystemCall call) throws Exception {
    if (!call.isKnown()) {
      return Verdict.GO_ON;
    }
    String subject;
    try {
      subject = call.subject();
    } catch (NoSuchFileException notOpen) {
      return Verdict.GO_ON;
    } catch (IOException e) {
      throw new IOException("what " + call.name() + " is about cannot be told", e);
    }
    boolean ours =
        subject.startsWith("socket:")
            || watched.stream().anyMatch(root -> (subject + "/").startsWith(root + "/"));
    return ours ? watcher.at(call, subject) : Verdict.GO_ON;
  }

  private static void drain(Ptrace ptrace, int pid) {
    ptrace.kill(pid, Ptrace.SIGKILL);
    Ptrace.Event event = ptrace.await();
    while (event.thread() > 0 && (event.isStop() || event.thread() != pid)) {
      event = ptrace.await();
    }
  }
}
