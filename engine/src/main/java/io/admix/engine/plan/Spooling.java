package io.admix.engine.plan;

import io.admix.core.select.Ranker;
import io.admix.engine.plan.MatchedFile.Look;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Ranks matched files for the sources of one dataset or folder, and hands them on as candidates of
 * each source. Used by one thread at a time.
 */
final class Spooling {
  private final List<Slot> slots = new ArrayList<>();
  private final Candidate candidate = new Candidate();

  /** A source of the group, and what it thinks of the present file. */
  private static final class Slot {
    private final int source;
    private final Ranker ranker;
    private final CandidateSink sink;
    private boolean isKept;
    private long rank;

    Slot(PlanSourceInfo source, CandidateSink sink, long seed) {
      this.source = source.index();
      this.ranker = Ranker.of(seed, source.identityName(), source.salt());
      this.sink = sink;
    }
  }

  /** Sources are added in the order in which a file's looks stand. */
  void addSource(PlanSourceInfo source, CandidateSink sink, long seed) {
    slots.add(new Slot(source, sink, seed));
  }

  void add(MatchedFile file) throws IOException {
    rank(file);
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      Look look = file.looks()[i];
      if (slot.isKept && look != null) {
        add(slot, look, file.path());
      }
    }
  }

  private void rank(MatchedFile file) {
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      slot.isKept = false;
      if (file.looks()[i] != null) {
        slot.rank = slot.ranker.rank(file.path());
        slot.isKept = slot.sink.offer(slot.rank);
      }
    }
  }

  private void add(Slot slot, Look look, byte[] path) throws IOException {
    candidate.begin(
        slot.rank, look.size(), look.modifiedNs(), look.inode(), (byte) look.verdict().ordinal());
    for (Slot other : slots) {
      // What its own spool leaves out, a source can never take.
      if (other.isKept && other != slot) {
        candidate.other(other.source, other.rank);
      }
    }
    candidate.names(look.row(), path);
    slot.sink.add(candidate);
  }
}
