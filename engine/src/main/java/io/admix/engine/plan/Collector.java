package io.admix.engine.plan;

import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets;
import io.admix.catalog.Datasets.Column;
import io.admix.catalog.FileRow;
import io.admix.catalog.ScanSummary;
import io.admix.core.name.Printable;
import io.admix.core.select.FileFacts;
import io.admix.core.select.FilterMatcher;
import io.admix.core.select.Ranker;
import io.admix.files.Fault;
import io.admix.files.LinkRules;
import io.admix.files.LinkRules.Verdict;
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
import java.util.stream.Collectors;
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
  private final LinkRules rules;
  private String lastPath = "";
  private long duplicates;

  /** A source of the group: its filter, ranks and spool, and what it thinks of the present file. */
  private static final class Member {
    private final int index;
    private final FilterMatcher matcher;
    private final Ranker ranker;
    private final Spool spool;
    private boolean isMatch;
    private boolean isKept;
    private long rank;

    /** Of the first row that matches, where a file may have several. */
    private long size;

    private String row = "";

    Member(PlanSourceInfo source, Spool spool, long seed, ZoneId zone) {
      this.index = source.index();
      this.matcher = FilterMatcher.of(source.spec().filter(), zone);
      this.ranker = Ranker.of(seed, source.identityName(), source.salt());
      this.spool = spool;
    }
  }

  /** What is known of a file: a row was not looked at yet. */
  private record Look(long size, long modifiedNs, long inode, Verdict verdict) {}

  Collector(String what, LinkRules rules, Progress progress, Warnings warnings) {
    this.what = what;
    this.rules = rules;
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
      ScanSummary seen =
          datasets.scan(dataset, columns(), isUnique ? this::row : this::rowOfSeveral);
      endFile();
      warnings.addIf(
          seen.unsafePaths(),
          "dataset `%s`: %d {row left out, its path is|rows left out, their paths are} outside its folder %s, not in normal form or reserved: %s",
          dataset.name(),
          seen.unsafePaths(),
          dataset.path(),
          named(seen));
    } catch (UncheckedIOException e) {
      throw unwrapped(e);
    }
    warnings.addIf(
        duplicates,
        "dataset `%s`: %d {row of a file that has another row, the file|rows of files that have another row, each file} counted once",
        dataset.name());
  }

  private static String named(ScanSummary seen) {
    String first =
        seen.unsafe().stream().map(Printable::of).collect(Collectors.joining("`, `", "`", "`"));
    return first + (seen.unsafePaths() > seen.unsafe().size() ? ", …" : "");
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

  private void row(FileRow row) {
    progress.count();
    if (match(row)) {
      keep(row.relativePath(), new Look(row.size(), 0, 0, Verdict.FREE), row);
    }
  }

  /**
   * A row of a dataset whose files may have several, which are neighbours: a source matches a file
   * when it matches any of its rows, and counts it once.
   */
  private void rowOfSeveral(FileRow row) {
    progress.count();
    String path = row.relativePath();
    if (path.equals(lastPath)) {
      duplicates++;
    } else {
      endFile();
      lastPath = path;
    }
    for (Member member : members) {
      if (!member.isMatch && member.matcher.matches(row)) {
        member.isMatch = true;
        member.size = row.size();
        member.row = row.id();
      }
    }
  }

  /** All rows of a file were seen. */
  private void endFile() {
    if (lastPath.isEmpty()) {
      return;
    }
    byte[] path = lastPath.getBytes(StandardCharsets.UTF_8);
    offer(path);
    for (Member member : members) {
      if (member.isKept) {
        byte[] row = member.row.getBytes(StandardCharsets.UTF_8);
        add(member, new Look(member.size, 0, 0, Verdict.FREE), row, path);
      }
      member.isMatch = false;
    }
    lastPath = "";
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
                  keep(
                      path,
                      new Look(stat.size(), stat.modifiedNs(), stat.inode(), rules.of(stat)),
                      null);
                }
              });
      warnings.addIf(
          skipped.changed(),
          "%s: %d {entry|entries} changed while it was read; the plan holds what was seen",
          what,
          skipped.changed());
      warnings.addIf(
          skipped.symlinks(), "%s: %d symbolic {link|links} passed over", what, skipped.symlinks());
      warnings.addIf(
          skipped.special(),
          "%s: %d {entry passed over that is no regular file|entries passed over that are no regular files}",
          what,
          skipped.special());
      warnings.addIf(
          skipped.undecodable(),
          "%s: %d {name passed over that is|names passed over that are} no UTF-8",
          what,
          skipped.undecodable());
    } catch (UncheckedIOException e) {
      throw unwrapped(e);
    } catch (Fault e) {
      throw new UnreadableException(
          what
              + " cannot be read: "
              + e.getMessage()
              + "; mend the cause (rights, device), or leave it out",
          e);
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

  private void keep(String path, Look look, @Nullable FileRow row) {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    offer(bytes);
    byte[] id = null;
    for (Member member : members) {
      if (member.isKept) {
        id = id == null ? row == null ? NO_ROW : row.id().getBytes(StandardCharsets.UTF_8) : id;
        add(member, look, id, bytes);
      }
    }
  }

  /** Ranks the file for each source that it matches. */
  private void offer(byte[] path) {
    for (Member member : members) {
      member.isKept = false;
      if (member.isMatch) {
        member.rank = member.ranker.rank(path);
        member.isKept = member.spool.offer(member.rank);
      }
    }
  }

  private void add(Member member, Look look, byte[] row, byte[] path) {
    candidate.begin(
        member.rank, look.size, look.modifiedNs, look.inode, (byte) look.verdict.ordinal());
    for (Member other : members) {
      // What its own spool leaves out, a source can never take.
      if (other.isKept && other != member) {
        candidate.other(other.index, other.rank);
      }
    }
    candidate.names(row, path);
    try {
      member.spool.add(candidate);
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
