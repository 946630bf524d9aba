package io.admix.engine.demo;

import io.admix.core.name.SafeNames;
import io.admix.engine.demo.DemoSet.Part;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;

/** Writes the files of the demo: the same ones every time. */
public final class DemoFiles {
  private static final Instant FIRST = Instant.parse("2025-01-02T08:00:00Z");
  private static final int DAYS = 330;
  private static final String LOCK = SafeNames.RESERVED_PREFIX + "demo.lock";

  private DemoFiles() {}

  /** Where they are among what the service makes. */
  public static Path in(Path dataRoot) {
    return dataRoot.resolve("demo");
  }

  /**
   * The folder of one dataset, made when it is not there: under another name, which is taken back
   * when it is whole, so that nobody sees a part of it. One process at a time makes it: what stands
   * under the other name then was left by one that was killed, and is removed.
   *
   * @param parent made when it is not there
   */
  public static Path make(DemoSet set, Path parent) throws IOException {
    Path folder = parent.resolve(set.dataset());
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Files.createDirectories(parent);
    // Locks are a process's: threads of this one wait for each other here.
    synchronized (DemoFiles.class) {
      try (FileChannel channel =
              FileChannel.open(
                  parent.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        Path unfinished = parent.resolve(SafeNames.RESERVED_PREFIX + set.dataset());
        deleteTree(unfinished);
        if (held.isValid() && !Files.isDirectory(folder)) {
          write(set, Files.createDirectory(unfinished));
          Files.move(unfinished, folder);
        }
      }
    }
    return folder;
  }

  private static void write(DemoSet set, Path folder) throws IOException {
    Random random = new Random(set.ordinal());
    for (Part part : set.parts()) {
      Path into = Files.createDirectory(folder.resolve(part.label()));
      for (int i = 1; i <= part.files(); i++) {
        Path file = into.resolve("%s-%03d.%s".formatted(part.label(), i, extension(set, part)));
        Files.write(file, content(set, part, random));
        Files.setLastModifiedTime(file, FileTime.from(time(random)));
      }
    }
  }

  private static String extension(DemoSet set, Part part) {
    return switch (set) {
      case REVIEWS -> "txt";
      case SHAPES -> "png";
      case CODE -> part.label().equals("python") ? "py" : part.label();
    };
  }

  private static byte[] content(DemoSet set, Part part, Random random) {
    return switch (set) {
      case REVIEWS -> bytes(DemoTexts.review(part.label(), random));
      case CODE -> bytes(DemoTexts.program(part.label(), random));
      case SHAPES -> DemoPicture.png(part.label(), random);
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** More of them late than early, as real collections grow. */
  private static Instant time(Random random) {
    double when = Math.sqrt(random.nextDouble());
    return FIRST.plus((long) (when * DAYS), ChronoUnit.DAYS).plusSeconds(random.nextInt(36_000));
  }

  private static void deleteTree(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
