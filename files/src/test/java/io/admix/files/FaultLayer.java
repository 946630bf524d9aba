package io.admix.files;

import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A real access, every operation of which can be made to fail, to wait, to lie, or to be the last
 * thing that the {@link World} sees. Faults are answered before the operation has any effect. Safe
 * for use by many threads.
 */
public final class FaultLayer implements FileAccess {
  private final FileAccess real;
  private final World world;
  private final Map<Operation, LongAdder> counts = new EnumMap<>(Operation.class);
  private final Map<Operation, Around> around = new ConcurrentHashMap<>();
  private final List<Script> scripts = new CopyOnWriteArrayList<>();
  private final AtomicLong open = new AtomicLong();
  private volatile @Nullable Volume volume;

  public FaultLayer(FileAccess real) {
    this(real, new World());
  }

  public FaultLayer(FileAccess real, World world) {
    this.real = real;
    this.world = world;
    for (Operation operation : Operation.values()) {
      counts.put(operation, new LongAdder());
    }
  }

  /**
   * One operation that is asked for.
   *
   * @param folder the real folder of which it is asked, null for {@link Operation#OPEN_ROOT}
   * @param name what it is about: a name, a relative path, or ""
   * @param other the real second folder: a link's source, a rename's target
   * @param otherName the name in it
   */
  public record Call(
      Operation operation,
      @Nullable Folder folder,
      String name,
      @Nullable Folder other,
      String otherName) {
    Call(Operation operation, @Nullable Folder folder, String name) {
      this(operation, folder, name, null, "");
    }

    /** The real folder of which it is asked. */
    public Folder here() {
      return Objects.requireNonNull(folder);
    }

    /** The real second folder. */
    public Folder there() {
      return Objects.requireNonNull(other);
    }

    public String path() {
      return folder == null ? name : name.isEmpty() ? folder.path() : folder.path() + "/" + name;
    }

    @Override
    public String toString() {
      String more = other == null ? "" : " " + other.path() + "/" + otherName;
      return operation + " " + path() + more;
    }
  }

  /** The operation itself. */
  @FunctionalInterface
  public interface Act {
    void run() throws Fault, SourceChangedException;
  }

  /** Stands around every call of an operation: may look, wait, throw, or do something else. */
  @FunctionalInterface
  public interface Around {
    void call(Call call, Act act) throws Fault, SourceChangedException;
  }

  private static final class Script {
    private final Predicate<Call> which;
    private final Errno errno;
    private final long first;
    private final long last;
    private long seen;
    private long answered;

    Script(Predicate<Call> which, Errno errno, long first, long last) {
      this.which = which;
      this.errno = errno;
      this.first = first;
      this.last = last;
    }

    synchronized boolean answers(Call call) {
      if (!which.test(call)) {
        return false;
      }
      seen++;
      boolean hit = seen >= first && seen <= last;
      answered += hit ? 1 : 0;
      return hit;
    }

    synchronized long answered() {
      return answered;
    }
  }

  /** Answers an errno at the {@code n}-th of the calls, once. The first is 1. */
  public FaultLayer failAt(Predicate<Call> which, long n, Errno errno) {
    scripts.add(new Script(which, errno, n, n));
    return this;
  }

  /** Answers an errno at the {@code n}-th call of the operation, once. */
  public FaultLayer failAt(Operation operation, long n, Errno errno) {
    return failAt(only(operation), n, errno);
  }

  /** Answers an errno at the first so many calls. */
  public FaultLayer failFirst(Operation operation, int times, Errno errno) {
    scripts.add(new Script(only(operation), errno, 1, times));
    return this;
  }

  /** Answers an errno at the {@code n}-th of the calls and at each one after it. */
  public FaultLayer failFrom(Predicate<Call> which, long n, Errno errno) {
    scripts.add(new Script(which, errno, n, Long.MAX_VALUE));
    return this;
  }

  public FaultLayer failFrom(Operation operation, long n, Errno errno) {
    return failFrom(only(operation), n, errno);
  }

  public FaultLayer failAlways(Operation operation, Errno errno) {
    return failFrom(operation, 1, errno);
  }

  public static Predicate<Call> only(Operation operation) {
    return call -> call.operation() == operation;
  }

  /** Forgets all faults that were scripted; what stands around operations stays. */
  public FaultLayer healed() {
    scripts.clear();
    return this;
  }

  /** Faults that were answered since the last healing. */
  public long answered() {
    return scripts.stream().mapToLong(Script::answered).sum();
  }

  /** Puts something around each call of the operation, in place of what stood there. */
  public FaultLayer around(Operation operation, Around what) {
    around.put(operation, what);
    return this;
  }

  /** The operation does what it is, again. */
  public FaultLayer plain(Operation operation) {
    around.remove(operation);
    return this;
  }

  /** The operation does nothing and says that it did. */
  public FaultLayer lying(Operation operation) {
    return around(operation, (call, act) -> {});
  }

  /**
   * Shared blocks are played by a copy, where the file system has none, and it says it has them.
   */
  public FaultLayer reflinkingByCopy() {
    return on(new Volume("btrfs", false, false, 1L << 40, 1L << 20))
        .around(Operation.REFLINK, FaultLayer::copyInstead);
  }

  /** As an overlay does with files of a lower layer on another file system. */
  public FaultLayer linkingByCopy() {
    return around(Operation.LINK, FaultLayer::copyInstead);
  }

  private static void copyInstead(Call call, Act act) throws Fault, SourceChangedException {
    Stat stat = call.there().stat(call.otherName());
    call.here()
        .copy(
            call.there(),
            call.otherName(),
            call.name(),
            new Folder.Expected(stat.inode(), stat.size(), stat.modifiedNs()));
  }

  /** What every folder's file system says of itself from now on. */
  public FaultLayer on(Volume said) {
    volume = said;
    return this;
  }

  Volume volumeOf(Folder folder) throws Fault {
    Volume said = volume;
    return said == null ? folder.volume() : said;
  }

  /** How often the operation was asked for. */
  public long count(Operation operation) {
    return counts.getOrDefault(operation, new LongAdder()).sum();
  }

  public long count(Collection<Operation> operations) {
    return operations.stream().mapToLong(this::count).sum();
  }

  /** Folders that were opened and are not closed. */
  public long openFolders() {
    return open.get();
  }

  void opened() {
    open.incrementAndGet();
  }

  void closed() {
    open.decrementAndGet();
  }

  public World world() {
    return world;
  }

  void run(Call call, Act act) throws Fault, SourceChangedException {
    counts.get(call.operation()).increment();
    world.asked(call.toString());
    for (Script script : scripts) {
      if (script.answers(call)) {
        throw new Fault(
            call.operation().name().toLowerCase(Locale.ROOT),
            script.errno,
            call.path(),
            script.errno.words());
      }
    }
    Around hook = around.get(call.operation());
    Act whole = hook == null ? act : () -> hook.call(call, act);
    if (call.operation().isChanging()) {
      change(call, whole);
    } else {
      whole.run();
    }
  }

  private void change(Call call, Act act) throws Fault, SourceChangedException {
    try {
      world.change(
          call.toString(),
          () -> {
            act.run();
            return true;
          },
          new Halves(call));
    } catch (Fault | SourceChangedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** An operation that gives something back. */
  @FunctionalInterface
  interface Ask<T> {
    T ask() throws Fault;
  }

  @SuppressWarnings("unchecked")
  <T> T asked(Call call, Ask<T> ask) throws Fault {
    @Nullable Object[] answer = new Object[1];
    plainly(call, () -> answer[0] = ask.ask());
    return (T) answer[0];
  }

  /** An operation that does not look at its source. */
  void plainly(Call call, Act act) throws Fault {
    try {
      run(call, act);
    } catch (SourceChangedException e) {
      throw new Fault("layer", Errno.OTHER, call.path(), String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public boolean isSwapSafe() {
    return real.isSwapSafe();
  }

  @Override
  public boolean isAtomicNoReplace() {
    return real.isAtomicNoReplace();
  }

  @Override
  public Folder open(Path path) throws Fault {
    return asked(
        new Call(Operation.OPEN_ROOT, null, path.toString()),
        () -> new LayeredFolder(this, real.open(path)));
  }

  @Override
  public Volume volume(Folder folder) throws Fault {
    return folder.volume();
  }
}
