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

  /** Tells where the folder of a task's batches is. */
  private static final String NOTE = "spread-at";

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
    boolean hasPredecessor = endEarlier(of.folder());
    Files.createDirectories(of.folder());
    Files.writeString(of.folder().resolve(NOTE), folder.toString());
    Files.createDirectories(folder);
    hasPredecessor |= removeEarlier(folder);
    // Named by the fence: a driver that stood still and lost the task removes what is its own only.
    Path own = folder.resolve("f" + of.fence());
    BatchFolders folders = new BatchFolders(own);
    folders.make();
    try (Round round = new Round(cluster, of, folders)) {
      round.run(hasPredecessor);
    } finally {
      Trees.remove(own);
      Trees.removeIfEmpty(folder);
    }
  }

  /**
   * Ends what executors of a driver that died are at, and removes its folder: called by whoever
   * takes its task over, with a cluster or without. Nothing happens where there was none.
   *
   * @param folder as {@link SpreadWork#folder}
   * @return whether some had not ended before
   */
  public static boolean endEarlier(Path folder) throws IOException {
    Path note = folder.resolve(NOTE);
    if (!Files.isRegularFile(note)) {
      return false;
    }
    Path left = Path.of(Files.readString(note));
    boolean wereOpen = false;
    if (Files.isDirectory(left)) {
      try {
        wereOpen = removeEarlier(left);
        Trees.removeIfEmpty(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return true;
      }
    }
    Files.delete(note);
    return wereOpen;
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
