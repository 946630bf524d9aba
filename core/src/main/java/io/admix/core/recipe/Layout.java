package io.admix.core.recipe;

/** How target names are made out of source paths. */
public enum Layout {
  /** {@code <source name>/<relative path>}: no two files clash. */
  BY_SOURCE,
  /** Base names in one folder; a clash gets {@code stem_1.ext}. */
  FLAT,
  /** {@code hh/<base name>}, {@code hh} two hex digits of the rank's low byte. */
  SHARDED
}
