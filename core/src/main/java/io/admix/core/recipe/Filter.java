package io.admix.core.recipe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions of one source; all that are given must hold. */
public record Filter(
    @Nullable LabelFilter label,
    @Nullable TimeRange tagged,
    @Nullable TimeRange modified,
    List<String> include,
    List<String> exclude) {

  /** Every file passes. */
  public static final Filter ALL = new Filter(null, null, null, List.of(), List.of());

  public Filter {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }
}
