package io.admix.files;

import io.admix.core.recipe.LinkMethod;
import java.util.List;

/**
 * Places single entries: tries the allowed methods in order, falls back only on named faults, checks the result, and tells the method that was really used. What a pair of mounts
 * cannot do is remembered for the life of the placer. Safe for use by many threads.
 */
public final class Placer {
  private final List<LinkMethod> order;

  public Placer(List<LinkMethod> order) {
    this.order = List.copyOf(order);
  }

  /**
   * Makes {@code name} in {@code target}, a folder below our own staging, out of {@code sourceName} in {@code source}.
   *
   * <p>An entry that is already there with the right identity is done (that is resume); a copy of ours without a receipt is removed and made again; anything else is CONFLICT.
   * After a {@link Outcome.Failed} nothing of the entry is left.
   *
   * @param sourcePath absolute path of the source file, the text of a symbolic link
   * @throws PlacingStoppedException when the task cannot go on
   */
  public Outcome place(Folder source, String sourceName, String sourcePath, Folder.Expected expected, Folder target, String name)
      throws PlacingStoppedException {
    throw new PlacingStoppedException("not built yet: " + order, false, new IllegalStateException());
  }
}
