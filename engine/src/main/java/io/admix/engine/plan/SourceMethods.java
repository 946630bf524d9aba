package io.admix.engine.plan;

import io.admix.core.recipe.LinkMethod;
import io.admix.files.LinkRules.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which methods place the files of one source.
 *
 * @param works methods that were tried, or are expected, to work for a file like any other
 * @param linksDoubtful whether hard links work for files of {@link Verdict#DOUBTFUL} too
 * @param sharesBlocks whether a copy shares blocks with its source and takes no room
 */
record SourceMethods(Set<LinkMethod> works, boolean linksDoubtful, boolean sharesBlocks) {

  SourceMethods {
    works = works.isEmpty() ? EnumSet.noneOf(LinkMethod.class) : EnumSet.copyOf(works);
  }

  /** The method that takes such files, or empty when no allowed one does. */
  Optional<LinkMethod> of(Verdict verdict, List<LinkMethod> order) {
    return order.stream()
        .filter(works::contains)
        .filter(method -> method != LinkMethod.HARDLINK || isLinked(verdict))
        .findFirst();
  }

  private boolean isLinked(Verdict verdict) {
    return verdict == Verdict.FREE || verdict == Verdict.DOUBTFUL && linksDoubtful;
  }
}
