package io.admix.engine.plan;

import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets;
import io.admix.catalog.Datasets.Column;
import io.admix.catalog.FileRow;
import io.admix.catalog.ScanSummary;
import io.admix.core.select.FileFacts;
import io.admix.core.select.FilterMatcher;
import io.admix.core.select.Ranker;
import io.admix.files.Fault;
import io.admix.files.Scanner;
import io.admix.files.Stat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one dataset or folder once and gives its files to the spools of all sources on it. That one
 * reading is the snapshot that the plan is made of. Used by one thread.
 */
final class Collector {
  private static final byte[] NO_ROW = {};

  private final List<Member> members = new ArrayList<>();
  private final Progress progress;
  private final Warnings warnings;
  private final Candidate candidate = new Candidate();
  private final String what;
  private String lastPath = "";
  private long duplicates;

  /** A source of the group: its filter, ranks and spool, and what it thinks of the present file. */
  private static final class Member {
    private final int index;
    private final FilterMatcher matcher;
    private final Ranker ranker;
    private final Spool spool;
    private boolean isMatch;
    private long rank;

    Member(PlanSourceInfo source, Spool spool, long seed, ZoneId zone) {
      this.index = source.index();
      this.matcher = FilterMatcher.of(source.spec().filter(), zone);
      this.ranker = Ranker.of(seed, source.identityName(), source.salt());
      this.spool = spool;
    }
  }

  Collector(String what, Progress progress, Warnings warnings) {
    this.what = what;
    this.progress = progress;
    this.warnings = warnings;
  }

  void addMember(PlanSourceInfo source, Spool spool, long seed, ZoneId zone) {
    members.add(new Member(source, spool, seed, zone));
  }

  /** Reads a dataset's rows. */
  void readDataset(Datasets datasets, Dataset dataset) throws IOException {
    boolean isUnique = dataset.kind() != Dataset.Kind.FOREIGN;
    try {
      ScanSummary seen = datasets.scan(dataset, columns(), row -> row(row, isUnique));
      warnings.addIf(
          seen.unsafePaths(),
          "dataset `%s`: %d rows left out, their paths are outside its folder or not in normal form",
          dataset.name());
    } catch (UncheckedIOException e) {
      throw unwrapped(e);
    }
    warnings.addIf(
        duplicates,
        "dataset `%s`: %d rows of files that have another row, each file counted once",
        dataset.name());
  }

  private Set<Column> columns() {
    Set<Column> columns = EnumSet.noneOf(Column.class);
    for (Member member : members) {
      addIf(columns, Column.TAGS, member.matcher.needsLabels());
      addIf(columns, Column.TAGGED_AT, member.matcher.needsTaggedAt());
      addIf(columns, Column.MODIFIED, member.matcher.needsModified());
    }
    return columns;
  }

  private static void addIf(Set<Column> columns, Column column, boolean isNeeded) {
    if (isNeeded) {
      columns.add(column);
    }
  }

  private void row(FileRow row, boolean isUnique) {
    progress.count();
    if (!isUnique) {
      String path = row.relativePath();
      if (path.equals(lastPath)) {
        duplicates++;
        return;
      }
      lastPath = path;
    }
    if (match(row)) {
      keep(row.relativePath(), row.size(), 0, 0, row);
    }
  }

  /** Walks a folder; its files are looked at by the walk. */
  void readFolder(Scanner scanner, java.nio.file.Path root, int threads)
      throws IOException, InterruptedException {
    ScannedFacts facts = new ScannedFacts();
    try {
      Scanner.Skipped skipped =
          scanner.scan(
              root,
              threads,
              (path, stat) -> {
                progress.count();
                facts.set(path, stat);
                if (match(facts)) {
                  keep(path, stat.size(), stat.modifiedNs(), stat.inode(), null);
                }
              });
      warnings.addIf(
          skipped.changed(),
          "%s: %d entries changed while it was read; the plan holds what was seen",
          what,
          skipped.changed());
      warnings.addIf(
          skipped.symlinks(), "%s: %d symbolic links passed over", what, skipped.symlinks());
      warnings.addIf(
          skipped.special(),
          "%s: %d entries passed over that are no regular files",
          what,
          skipped.special());
      warnings.addIf(
          skipped.undecodable(),
          "%s: %d names passed over that are no UTF-8",
          what,
          skipped.undecodable());
    } catch (UncheckedIOException e) {
      throw unwrapped(e);
    } catch (Fault e) {
      throw new UnreadableException(
          what + " cannot be read: " + e.getMessage() + "; mend its rights, or leave it out", e);
    }
  }

  private static IOException unwrapped(UncheckedIOException e) {
    IOException cause = e.getCause();
    return cause == null ? new IOException(e) : cause;
  }

  private boolean match(FileFacts facts) {
    boolean isMatch = false;
    for (Member member : members) {
      member.isMatch = member.matcher.matches(facts);
      isMatch |= member.isMatch;
    }
    return isMatch;
  }

  private void keep(String path, long size, long modifiedNs, long inode, @Nullable FileRow row) {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    for (Member member : members) {
      if (member.isMatch) {
        member.rank = member.ranker.rank(bytes);
      }
    }
    byte[] id = null;
    for (Member member : members) {
      if (member.isMatch && member.spool.offer(member.rank)) {
        id = id == null ? row == null ? NO_ROW : row.id().getBytes(StandardCharsets.UTF_8) : id;
        candidate.begin(member.rank, size, modifiedNs, inode);
        addOthers(member);
        candidate.names(id, bytes);
        add(member.spool);
      }
    }
  }

  private void addOthers(Member member) {
    for (Member other : members) {
      if (other.isMatch && other != member) {
        candidate.other(other.index, other.rank);
      }
    }
  }

  private void add(Spool spool) {
    try {
      spool.add(candidate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A scanned file as filters see it. */
  private static final class ScannedFacts implements FileFacts {
    private String path = "";
    private long modifiedNs;

    void set(String relativePath, Stat stat) {
      path = relativePath;
      modifiedNs = stat.modifiedNs();
    }

    @Override
    public String relativePath() {
      return path;
    }

    @Override
    public Instant modified() {
      return Instant.ofEpochSecond(
          Math.floorDiv(modifiedNs, 1_000_000_000L), Math.floorMod(modifiedNs, 1_000_000_000L));
    }

    @Override
    public @Nullable Instant taggedAt() {
      return null;
    }

    @Override
    public boolean anyLabel(LabelTest test) {
      return false;
    }
  }
}
