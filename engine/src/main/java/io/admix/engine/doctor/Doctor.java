package io.admix.engine.doctor;

import io.admix.engine.RefusedException;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells what can be done between a source and a target folder by trying it in a scratch folder of
 * the target. Nothing is written in the source; a trial of a hard link raises the link count of one
 * of its files for a moment, which changes that file's ctime. Safe for use by many threads.
 */
public final class Doctor {
  private final FileAccess access;

  public Doctor(FileAccess access) {
    this.access = access;
  }

  /**
   * Examines the two folders; the scratch folder is removed whatever happens.
   *
   * @param target need not be there: then the nearest folder above it is used
   * @throws RefusedException when the source is no folder, or the two contain one another
   * @throws InterruptedException when the thread was interrupted; nothing is left
   */
  public DoctorReport examine(Path source, Path target)
      throws RefusedException, IOException, InterruptedException {
    Path from = source(source);
    Path existing = existing(target);
    Path to = existing.toRealPath().resolve(existing.relativize(target)).normalize();
    requireApart(from, to);
    try {
      return new Examination(access, from, to, existing.toRealPath()).run();
    } catch (Fault e) {
      throw new RefusedException(
          "The folders cannot be examined: " + e.getMessage() + ". Nothing was changed.");
    }
  }

  private static Path source(Path source) throws RefusedException, IOException {
    List<String> problems = new ArrayList<>();
    if (!Files.exists(source)) {
      problems.add("The source " + source + " is not there.");
    } else if (!Files.isDirectory(source)) {
      problems.add("The source " + source + " is no folder.");
    }
    if (!problems.isEmpty()) {
      throw new RefusedException(problems);
    }
    return source.toRealPath();
  }

  private static Path existing(Path target) throws RefusedException {
    Path at = target;
    while (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
      Path above = at.getParent();
      if (above == null) {
        break;
      }
      at = above;
    }
    if (!Files.isDirectory(at)) {
      throw new RefusedException(
          at.equals(target)
              ? "The target " + target + " is no folder."
              : "The target " + target + " cannot be made: " + at + " is no folder.");
    }
    return at;
  }

  private static void requireApart(Path source, Path target) throws RefusedException {
    if (target.startsWith(source)) {
      throw new RefusedException(
          "The target %s %s the source %s: nothing is ever made inside a source. Name a target outside of it."
              .formatted(target, target.equals(source) ? "is" : "lies inside", source));
    }
    if (source.startsWith(target)) {
      throw new RefusedException(
          "The source %s lies inside the target %s. Name another target."
              .formatted(source, target));
    }
  }
}
