package io.admix.cli;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * ptrace(2), waitpid(2), kill(2) and posix_spawn(3) by the Foreign Function and Memory API. A
 * tracee belongs to the thread that attached to it: all calls about it are made by that thread.
 */
final class Ptrace implements AutoCloseable {
  static final int SIGKILL = 9;
  static final int SIGCONT = 18;
  static final int SIGTRAP = 5;

  private static final int SEIZE = 0x4206;
  private static final int LISTEN = 0x4208;
  private static final int SYSCALL = 24;
  private static final int POKE_USER = 6;

  /** Where x86-64 keeps the number of a call, and its result. */
  private static final long ORIG_RAX = 120;

  private static final long RAX = 80;
  private static final int GET_SYSCALL_INFO = 0x420e;

  /** Syscall stops are told apart, new threads and exec are told, the tracee dies with us. */
  private static final long OPTIONS = 0x1 | 0x8 | 0x10 | 0x100000;

  private static final int WUNTRACED = 2;
  private static final int OF_THIS_THREAD = 0x20000000;
  private static final int ALL_THREADS = 0x40000000;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle PTRACE =
      bind(
          "ptrace",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG),
          Linker.Option.firstVariadicArg(1));
  private static final MethodHandle WAITPID =
      bind("waitpid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle KILL =
      bind("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle SPAWN =
      bind(
          "posix_spawnp",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment status = arena.allocate(JAVA_INT);
  private final MemorySegment info = arena.allocate(88, 8);

  private static MethodHandle bind(
      String name, FunctionDescriptor function, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), function, options);
  }

  /** One change of state of a thread: it stopped or ended. */
  record Event(int thread, int status) {
    boolean isExit() {
      return (status & 0x7f) == 0;
    }

    /** Whether a signal ended it. */
    boolean isKilled() {
      return !isExit() && !isStop();
    }

    boolean isStop() {
      return (status & 0xff) == 0x7f;
    }

    boolean isSystemCall() {
      return isStop() && signal() == (SIGTRAP | 0x80);
    }

    /** A stop that ptrace itself made, no signal to hand on. */
    boolean isOfPtrace() {
      return isStop() && status >> 16 != 0;
    }

    /** Stopped as SIGSTOP does, until SIGCONT. */
    boolean isGroupStop() {
      return status >> 16 == 128 && signal() != SIGTRAP;
    }

    int signal() {
      return status >> 8 & 0xff;
    }

    int exitCode() {
      return isExit() ? status >> 8 & 0xff : 128 + (status & 0x7f);
    }
  }

  /** Starts a program that is found by PATH. */
  int spawn(List<String> command, List<String> environment) {
    MemorySegment pid = arena.allocate(JAVA_INT);
    MemorySegment arguments = strings(command);
    int error;
    try {
      error =
          (int)
              SPAWN.invokeExact(
                  pid,
                  arena.allocateFrom(command.getFirst()),
                  MemorySegment.NULL,
                  MemorySegment.NULL,
                  arguments,
                  strings(environment));
    } catch (Throwable t) {
      throw new IllegalStateException(t);
    }
    if (error != 0) {
      throw new IllegalStateException("posix_spawnp " + command.getFirst() + ": errno " + error);
    }
    return pid.get(JAVA_INT, 0);
  }

  private MemorySegment strings(List<String> texts) {
    MemorySegment array = arena.allocate(ADDRESS, texts.size() + 1L);
    for (int i = 0; i < texts.size(); i++) {
      array.setAtIndex(ADDRESS, i, arena.allocateFrom(texts.get(i)));
    }
    return array;
  }

  /** Waits for a child that stops itself, and traces it from there on. */
  void attachStopped(int pid) {
    await(pid, WUNTRACED);
    if (call(SEIZE, pid, 0, OPTIONS) != 0) {
      kill(pid, SIGKILL);
      throw new IllegalStateException("ptrace was refused: a container's filter, or Yama?");
    }
    kill(pid, SIGCONT);
  }

  /** The next event of any thread that this thread traces. */
  Event await() {
    return await(-1, 0);
  }

  private Event await(int pid, int flags) {
    int thread;
    try {
      do {
        thread = (int) WAITPID.invokeExact(pid, status, flags | OF_THIS_THREAD | ALL_THREADS);
      } while (thread < 0 && ProcessHandle.of(pid).isPresent());
    } catch (Throwable t) {
      throw new IllegalStateException(t);
    }
    return new Event(thread, status.get(JAVA_INT, 0));
  }

  /** Lets a stopped thread go on to its next system call, with a signal or 0. */
  void proceed(int thread, int signal) {
    call(SYSCALL, thread, 0, signal);
  }

  /** Leaves a thread in its group stop. */
  void listen(int thread) {
    call(LISTEN, thread, 0, 0);
  }

  /** What a thread at a syscall stop is about to do, or null when it comes back from it. */
  SystemCall entered(int thread) {
    long bytes = call(GET_SYSCALL_INFO, thread, info.byteSize(), info.address());
    if (bytes <= 0 || info.get(JAVA_BYTE, 0) != 1) {
      return null;
    }
    long[] arguments = info.asSlice(32, 48).toArray(ValueLayout.JAVA_LONG);
    return new SystemCall(thread, (int) info.get(JAVA_LONG, 24), arguments);
  }

  /** Whether calls can be made to fail here: registers differ per architecture. */
  static boolean canFailCalls() {
    return System.getProperty("os.arch").equals("amd64");
  }

  /** The call that a thread is about to make becomes none; {@link #answer} is to follow. */
  void skip(int thread) {
    call(POKE_USER, thread, ORIG_RAX, -1);
  }

  /** What a thread that comes back from a skipped call gets. */
  void answer(int thread, int errno) {
    call(POKE_USER, thread, RAX, -errno);
  }

  void kill(int pid, int signal) {
    try {
      int ignored = (int) KILL.invokeExact(pid, signal);
    } catch (Throwable t) {
      throw new IllegalStateException(t);
    }
  }

  private static long call(long request, int thread, long address, long data) {
    try {
      return (long) PTRACE.invokeExact(request, thread, address, data);
    } catch (Throwable t) {
      throw new IllegalStateException(t);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
