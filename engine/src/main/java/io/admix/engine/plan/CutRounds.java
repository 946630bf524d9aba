package io.admix.engine.plan;

import io.admix.core.select.Cut;
import io.admix.core.select.CutFinder;
import io.admix.core.select.CutFinder.Step;
import io.admix.core.select.RankHistogram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds a cut for each source: in every walk over the candidates all sources take their next step
 * together, but those of one group one after the other, since what one takes the next cannot.
 */
final class CutRounds {
  private final List<PlanSourceInfo> sources;
  private final Candidates candidates;

  CutRounds(List<PlanSourceInfo> sources, Candidates candidates) {
    this.sources = sources;
    this.candidates = candidates;
  }

  /** From which candidates the cuts are to be found, and who is told. */
  interface Picking {
    /** Whether all candidates of a source are meant, whose ranks are counted already. */
    boolean isAll(int source);

    /** Which candidates are meant, by what was found up to now. */
    Question.Among among();

    /** The ranks of the meant candidates of a source. */
    void counted(int source, RankHistogram ranks);

    /** The cut of a source, after those of all earlier sources of its group. */
    void found(int source, Cut cut);
  }

  /**
   * @param wanted how many files each source's cut is to take, or all that are meant where they are
   *     fewer
   */
  void find(long[] wanted, Picking picking) throws IOException {
    boolean[] isDone = new boolean[wanted.length];
    @Nullable Step[] steps = new Step[wanted.length];
    List<Question> questions = ask(isDone, steps, wanted, picking);
    while (!questions.isEmpty()) {
      List<Gatherer> answers = candidates.gather(questions);
      for (int i = 0; i < answers.size(); i++) {
        Question question = questions.get(i);
        int source = question.source();
        if (question.step() == null) {
          steps[source] = first(source, answers.get(i).histogram(), wanted, picking);
        } else {
          steps[source] = question.next(answers.get(i));
        }
      }
      questions = ask(isDone, steps, wanted, picking);
    }
  }

  private static Step first(int source, RankHistogram ranks, long[] wanted, Picking picking) {
    picking.counted(source, ranks);
    return CutFinder.first(ranks, wanted[source]);
  }

  /** What the next walk has to answer; sources that are found out are told. */
  private List<Question> ask(
      boolean[] isDone, @Nullable Step[] steps, long[] wanted, Picking picking) {
    List<Question> questions = new ArrayList<>();
    boolean[] isWaiting = new boolean[sources.size()];
    for (int i = 0; i < isDone.length; i++) {
      int group = sources.get(i).group();
      if (isDone[i] || isWaiting[group]) {
        continue;
      }
      Step step = steps[i];
      if (step == null && picking.isAll(i)) {
        step = first(i, candidates.histogram(i), wanted, picking);
      }
      if (step instanceof Step.Done done) {
        isDone[i] = true;
        picking.found(i, done.cut());
      } else {
        isWaiting[group] = true;
        questions.add(new Question(i, picking.among(), step));
      }
    }
    return questions;
  }
}
