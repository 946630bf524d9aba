package io.admix.engine.plan;

import io.admix.core.select.RankHistogram;
import java.io.IOException;
import java.util.List;

/**
 * The matching files of all sources, as they were read once: a snapshot. It lies on this machine's
 * disk, or in parts on many.
 */
interface Candidates {

  /** All files that match a source, those that can never be chosen too. */
  long available(int source);

  /** The ranks of the same files. Not to be changed. */
  RankHistogram histogram(int source);

  /**
   * One walk: gathers what each question asks for, from the candidates of its source. The answers
   * stand in the order of the questions.
   */
  List<Gatherer> gather(List<Question> questions) throws IOException;
}
