package io.admix.core.recipe;

/** Where the files of a source come from. */
public sealed interface Origin {
  /** A registered dataset, by name. */
  record Dataset(String name) implements Origin {}

  /** A folder, as written: absolute, or relative to the recipe's folder. */
  record Folder(String path) implements Origin {}
}
