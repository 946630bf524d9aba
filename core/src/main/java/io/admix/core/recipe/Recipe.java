package io.admix.core.recipe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A validated recipe: how much of each source, filtered how, placed where.
 *
 * @param name the dataset's name, unique in the catalogue
 * @param seed 0 to 2^53-1, or null when it is to be drawn
 * @param target as written, or null for the default
 */
public record Recipe(
    String name,
    @Nullable Long seed,
    Total total,
    @Nullable String target,
    Layout layout,
    List<LinkMethod> link,
    OnShortage onShortage,
    OnError onError,
    List<SourceSpec> sources) {

  /** Largest seed: every double holds it exactly, so that JSON readers cannot lose a bit. */
  public static final long SEED_MAX = (1L << 53) - 1;

  public Recipe {
    link = List.copyOf(link);
    sources = List.copyOf(sources);
  }

  /** The same recipe with a drawn seed. */
  public Recipe withSeed(long drawn) {
    return new Recipe(name, drawn, total, target, layout, link, onShortage, onError, sources);
  }

  /** The same recipe for a dataset of another name. */
  public Recipe withName(String other) {
    return new Recipe(other, seed, total, target, layout, link, onShortage, onError, sources);
  }

  /** The same recipe without a target of its own: where the dataset is made is left to others. */
  public Recipe withoutTarget() {
    return new Recipe(name, seed, total, null, layout, link, onShortage, onError, sources);
  }
}
