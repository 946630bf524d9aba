package io.admix.engine.plan;

import java.io.IOException;

/** Takes the candidates of one source. */
interface CandidateSink {
  /** Counts a match; true when it may still be chosen and is to be added. */
  boolean offer(long rank);

  /** Keeps a match that may be chosen. The candidate is reused. */
  void add(Candidate candidate) throws IOException;
}
