package io.admix.files;

import java.nio.file.Path;

/** Walks a folder in parallel and hands out its regular files. */
public final class Scanner {
  private final FileAccess access;

  public Scanner(FileAccess access) {
    this.access = access;
  }

  /**
   * Walks {@code root}; symbolic links, sockets, FIFOs, devices, names that are no UTF-8 and
   * everything called {@code .admix-*} are skipped and counted. {@code sink} is called by one
   * thread at a time; a slow sink slows the walk, and nothing piles up. The order of calls is not
   * defined. What the sink throws ends the walk and is thrown here.
   *
   * @param threads at least 1
   * @throws Fault when the root or a folder cannot be read; the message names it
   * @throws InterruptedException when the calling thread was interrupted; the walk has ended then
   */
  public Skipped scan(Path root, int threads, Sink sink) throws Fault, InterruptedException {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, is " + threads);
    }
    try (Folder folder = access.open(root)) {
      return new ScanWalk(folder, sink).run(threads);
    }
  }

  /** Receives files. */
  @FunctionalInterface
  public interface Sink {
    /**
     * @param relativePath segments joined by {@code /}
     */
    void file(String relativePath, Stat stat);
  }

  /**
   * What was passed over, by kind. {@code changed} counts entries that vanished or turned into
   * something else while the folder was read.
   */
  public record Skipped(long symlinks, long special, long undecodable, long own, long changed) {
    public long total() {
      return symlinks + special + undecodable + own + changed;
    }
  }
}
