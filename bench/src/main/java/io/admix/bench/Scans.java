package io.admix.bench;

import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Scanner;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Scans a folder again and again, and prints of each time the files and the seconds: {@code Scans
 * ROOT THREADS TIMES}. Sizes, times and lengths of paths are summed up, so that nothing is left
 * out.
 */
public final class Scans {
  private Scans() {}

  public static void main(String[] args) throws Fault, InterruptedException {
    Path root = Path.of(args[0]);
    int threads = Integer.parseInt(args[1]);
    Scanner scanner = new Scanner(FileAccess.best());
    AtomicLong sum = new AtomicLong();
    for (int i = Integer.parseInt(args[2]); i > 0; i--) {
      long[] files = new long[1];
      long startedAt = System.nanoTime();
      scanner.scan(
          root,
          threads,
          (path, stat) -> {
            files[0]++;
            sum.addAndGet(path.length() + stat.size() + stat.modifiedNs());
          });
      double seconds = (System.nanoTime() - startedAt) / 1e9;
      System.out.printf(Locale.ROOT, "files=%d seconds=%.3f%n", files[0], seconds);
    }
  }
}
