package io.admix.engine.spread;

import io.admix.engine.run.SpreadCrew;
import io.admix.engine.run.SpreadWork;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has runs placed by a cluster. */
public final class SpreadDriver implements SpreadCrew {
  private static final Logger LOG = LoggerFactory.getLogger(SpreadDriver.class);

  /** So long executors of a driver that died are waited for: they end when they miss it. */
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(5);

  private static final long LOOK_MS = 100;

  private final Cluster cluster;
  private final @Nullable Path work;

  /**
   * @param work folder that executors and this process share, or null for the state folder
   */
  public SpreadDriver(Cluster cluster, @Nullable Path work) {
    this.cluster = cluster;
    this.work = work;
  }

  @Override
  public String inWords() {
    return cluster.inWords();
  }

  @Override
  public void place(SpreadWork of) throws IOException, InterruptedException {
    Path folder =
        work == null
            ? of.folder().resolve("spread")
            : work.resolve("admix-spread-" + of.taskId()).toAbsolutePath();
    Files.createDirectories(folder);
    boolean hasPredecessor = removeEarlier(folder);
    BatchFolders folders = new BatchFolders(folder.resolve("f" + of.fence()));
    folders.make();
    try (Round round = new Round(cluster, of, folders)) {
      round.run(hasPredecessor);
    } finally {
      Trees.remove(folder);
    }
  }

  /**
   * Removes what drivers that died left, which ends their executors; whether some had not ended
   * before.
   */
  private static boolean removeEarlier(Path folder) throws IOException, InterruptedException {
    boolean wereOpen = false;
    try (DirectoryStream<Path> earlier = Files.newDirectoryStream(folder)) {
      for (Path one : earlier) {
        if (Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS)) {
          wereOpen |= awaitEnd(one);
        }
        Trees.remove(one);
      }
    }
    return wereOpen;
  }

  private static boolean awaitEnd(Path earlier) throws IOException, InterruptedException {
    BatchFolders folders = new BatchFolders(earlier);
    Files.deleteIfExists(folders.beat());
    List<String> open = folders.allOpen();
    boolean wereOpen = !open.isEmpty();
    if (wereOpen) {
      LOG.info("Waiting for executors of a driver that died: {}", open);
    }
    long until = System.nanoTime() + PATIENCE_NS;
    while (!open.isEmpty() && System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MS);
      open = folders.allOpen();
    }
    return wereOpen;
  }
}
