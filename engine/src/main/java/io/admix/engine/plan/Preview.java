package io.admix.engine.plan;

import io.admix.catalog.Dataset;
import io.admix.catalog.Matching;
import io.admix.core.recipe.Problem;
import io.admix.core.recipe.RecipeDraft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a recipe document, finished or not, would give now.
 *
 * @param draft the document as far as it is good
 * @param sources one per source of the draft
 * @param outcome null while it cannot be said: something is missing, or a folder must be read first
 * @param problems everything that keeps it from being a mix, each by its key: of the document, and
 *     of what it names
 * @param nearName a dataset whose name differs from this mix's in case or punctuation only, or null
 */
public record Preview(
    RecipeDraft draft,
    List<Source> sources,
    @Nullable Outcome outcome,
    List<Problem> problems,
    @Nullable String nearName) {

  public Preview {
    sources = List.copyOf(sources);
    problems = List.copyOf(problems);
  }

  /** Whether a mix of it can be asked for now. */
  public boolean isReady() {
    return problems.isEmpty()
        && (outcome == null ? draft.asked() != null : outcome.verdict() != Verdict.CANNOT);
  }

  /**
   * One source.
   *
   * @param index in the document's list
   * @param dataset null for a folder, and while none of that name is there
   * @param matching what its conditions let pass now; null where that is not counted: a folder,
   *     conditions that are no good
   */
  public record Source(int index, @Nullable Dataset dataset, @Nullable Matching matching) {}

  /**
   * The quotas.
   *
   * @param total files asked for in all; under {@code max} the largest that keeps the ratio
   * @param files that the mix will have
   * @param bytes of these, by the mean size of each source's matches
   * @param binding place in {@code quotas} of the source that limits {@code total: max}, or -1
   * @param quotas one per source of the recipe, in its order
   * @param warnings sentences for people
   */
  public record Outcome(
      long total,
      long files,
      long bytes,
      int binding,
      List<SourceQuota> quotas,
      List<String> warnings,
      Verdict verdict,
      Certainty certainty) {
    public Outcome {
      quotas = List.copyOf(quotas);
      warnings = List.copyOf(warnings);
    }

    /** Files that are missing to the total. */
    public long missing() {
      return Math.max(0, total - files);
    }
  }

  /**
   * What one source is asked for and gives.
   *
   * @param available files that match, before overlap; null of a folder, which is not read
   * @param left of these, what earlier sources on the same dataset leave: as sure as the outcome;
   *     null of a folder, and where ranks decide it while the quotas are certain all the same
   */
  public record SourceQuota(
      String name, long requested, @Nullable Long available, @Nullable Long left, long files) {
    /** Files that it is short of. */
    public long isShortBy() {
      return left == null ? 0 : Math.max(0, requested - left);
    }
  }

  /** Whether a mix can be made of it. */
  public enum Verdict {
    CAN,
    /** Under {@code on-shortage: fail} a source is short, or there is no file at all. */
    CANNOT
  }

  /** How sure the numbers are. */
  public enum Certainty {
    /** A plan made now has these quotas. */
    EXACT,
    /** Sources share files, so that ranks decide, or folders must be read first. */
    ABOUT
  }
}
