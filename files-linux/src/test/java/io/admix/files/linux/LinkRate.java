package io.admix.files.linux;

import io.admix.core.recipe.LinkMethod;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.Folder.Expected;
import io.admix.files.Outcome;
import io.admix.files.Placer;
import io.admix.files.Stat;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures links of one thread, with and without the check, bare and by the placer, each into a
 * fresh folder. CPU time is told too: on a busy machine the rate says little. Run it beside a bare
 * C loop of linkat over the same files.
 *
 * <pre>
 * java --enable-native-access=ALL-UNNAMED -cp CLASSPATH io.admix.files.linux.LinkRate FOLDER FILES ROUNDS [linux|portable]
 * </pre>
 */
final class LinkRate {
  private final FileAccess access;
  private final Path root;
  private final String[] names;
  private final Expected[] seen;

  private LinkRate(FileAccess access, Path root, int files) throws Exception {
    this.access = access;
    this.root = root;
    this.names = new String[files];
    this.seen = new Expected[files];
  }

  public static void main(String[] args) throws Exception {
    FileAccess access =
        args.length > 3 && args[3].equals("portable") ? FileAccess.portable() : FileAccess.best();
    LinkRate rate = new LinkRate(access, Path.of(args[0]), Integer.parseInt(args[1]));
    rate.makeSources();
    int rounds = Integer.parseInt(args[2]);
    for (int round = 0; round < rounds; round++) {
      rate.report("link", round, Way.LINK);
      rate.report("link+stat", round, Way.LINK_AND_STAT);
      rate.report("placer", round, Way.PLACER);
    }
  }

  private enum Way {
    LINK,
    LINK_AND_STAT,
    PLACER
  }

  private void makeSources() throws Exception {
    Path folder = root.resolve("source");
    boolean fresh = !Files.exists(folder);
    Files.createDirectories(folder);
    try (Folder source = access.open(folder)) {
      for (int i = 0; i < names.length; i++) {
        names[i] = "%09d".formatted(i);
        if (fresh) {
          Files.createFile(folder.resolve(names[i]));
        }
        Stat stat = source.stat(names[i]);
        seen[i] = new Expected(stat.inode(), stat.size(), stat.modifiedNs());
      }
    }
  }

  private void report(String what, int round, Way way) throws Exception {
    Path to = root.resolve(access.name() + "-" + way + round);
    Files.createDirectory(to);
    try (Folder source = access.open(root.resolve("source"));
        Folder target = access.open(to)) {
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long cpuBefore = threads.getCurrentThreadCpuTime();
      long userBefore = threads.getCurrentThreadUserTime();
      long before = System.nanoTime();
      run(way, source, target);
      double seconds = (System.nanoTime() - before) / 1e9;
      double cpu = (threads.getCurrentThreadCpuTime() - cpuBefore) / 1e3 / names.length;
      double user = (threads.getCurrentThreadUserTime() - userBefore) / 1e3 / names.length;
      System.out.printf(
          "%s %s round=%d files=%d seconds=%.3f files_per_second=%.0f; microseconds of CPU per file=%.2f, in Java=%.2f%n",
          access.name(), what, round, names.length, seconds, names.length / seconds, cpu, user);
    }
  }

  private void run(Way way, Folder source, Folder target) throws Exception {
    Placer placer = new Placer(List.of(LinkMethod.HARDLINK));
    for (int i = 0; i < names.length; i++) {
      switch (way) {
        case LINK -> target.link(source, names[i], names[i]);
        case LINK_AND_STAT -> {
          target.link(source, names[i], names[i]);
          require(seen[i].matches(target.stat(names[i])));
        }
        case PLACER ->
            require(
                placer.place(source, names[i], "/source", seen[i], target, names[i])
                    instanceof Outcome.Placed);
      }
    }
  }

  private static void require(boolean right) {
    if (!right) {
      throw new IllegalStateException("not placed");
    }
  }
}
