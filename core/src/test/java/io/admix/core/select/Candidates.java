package io.admix.core.select;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Candidates in memory, and the plain way to choose among them. */
final class Candidates implements RankStream<RuntimeException> {
  private final List<Cut> files = new ArrayList<>();
  private int passes;

  static Candidates ranked(Ranker ranker, Iterable<String> paths) {
    Candidates candidates = new Candidates();
    paths.forEach(path -> candidates.add(ranker.rank(path), path));
    return candidates;
  }

  void add(long rank, String path) {
    files.add(new Cut(rank, path.getBytes(StandardCharsets.UTF_8)));
  }

  int size() {
    return files.size();
  }

  int passes() {
    return passes;
  }

  Candidates shuffled(long seed) {
    Candidates other = new Candidates();
    other.files.addAll(files);
    Collections.shuffle(other.files, new Random(seed));
    return other;
  }

  List<Candidates> parts(int count) {
    List<Candidates> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(new Candidates());
    }
    for (int i = 0; i < files.size(); i++) {
      parts.get(i % count).files.add(files.get(i));
    }
    return parts;
  }

  /** What the cut takes, in order of rank. */
  List<String> takenBy(Cut cut) {
    return files.stream()
        .filter(f -> cut.takes(f.rank(), f.path()))
        .sorted(Cut::compare)
        .map(Candidates::path)
        .toList();
  }

  /** The k lowest, found by sorting everything. */
  List<String> lowest(long k) {
    return files.stream().sorted(Cut::compare).limit(k).map(Candidates::path).toList();
  }

  /** Shows every path in one buffer that is overwritten, as a reader of a file would. */
  @Override
  public void forEach(RankVisitor visitor) {
    passes++;
    byte[] buffer = new byte[4_096];
    for (Cut file : files) {
      byte[] path = file.path();
      System.arraycopy(path, 0, buffer, 3, path.length);
      visitor.visit(file.rank(), buffer, 3, path.length);
    }
  }

  private static String path(Cut file) {
    return new String(file.path(), StandardCharsets.UTF_8);
  }
}
