package io.admix.engine.plan;

import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets;
import io.admix.catalog.Datasets.Column;
import io.admix.catalog.FileRow;
import io.admix.catalog.ScanSummary;
import io.admix.core.name.Printable;
import io.admix.core.select.FileFacts;
import io.admix.core.select.FilterMatcher;
import io.admix.engine.flow.Handover;
import io.admix.engine.place.LazyStore;
import io.admix.engine.place.ObjectFacts;
import io.admix.engine.place.ObjectListing;
import io.admix.engine.place.Place;
import io.admix.engine.place.StoreTrouble;
import io.admix.engine.plan.MatchedFile.Look;
import io.admix.files.Fault;
import io.admix.files.LinkRules;
import io.admix.files.Scanner;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads one dataset or folder once and gives its files to the spools of all sources on it. That one
 * reading is the snapshot that the plan is made of. Used by one thread.
 */
final class Collector {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final List<Member> members = new ArrayList<>();
  private final Spooling spooling = new Spooling();
  private final Progress progress;
  private final Warnings warnings;
  private final String what;
  private final LinkRules rules;
  private @Nullable Handover<MatchedFile> matched;
  private String lastPath = "";
  private byte[] lastUtf8 = {};
  private long duplicates;
  private boolean isListed;

  /** A source of the group: its filter, and what it thinks of the present file. */
  private static final class Member {
    private final FilterMatcher matcher;
    private boolean isMatch;

    /** What it takes the file for, from the first row that matches; null while none does. */
    private @Nullable Look look;

    Member(PlanSourceInfo source, ZoneId zone) {
      this.matcher = FilterMatcher.of(source.spec().filter(), zone);
    }
  }

  Collector(String what, LinkRules rules, Progress progress, Warnings warnings) {
    this.what = what;
    this.rules = rules;
    this.progress = progress;
    this.warnings = warnings;
  }

  void addMember(PlanSourceInfo source, Spool spool, long seed, ZoneId zone) {
    members.add(new Member(source, zone));
    spooling.addSource(source, spool, seed);
  }

  /** Reads a dataset's rows on this thread, ranks and keeps what matches on another. */
  void readDataset(Datasets datasets, Dataset dataset) throws IOException {
    boolean isUnique = dataset.kind() != Dataset.Kind.FOREIGN;
    // Rows of mixes carry over what their sources' rows hold, entity tags too: not those of the
    // mix.
    isListed = dataset.kind() == Dataset.Kind.SCANNED && Place.isAddress(dataset.path());
    try (Handover<MatchedFile> keeping = new Handover<>("admix-rank", spooling::add)) {
      matched = keeping;
      ScanSummary seen =
          datasets.scan(dataset, columns(), isUnique ? this::row : this::rowOfSeveral);
      endFile();
      keeping.finish();
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
      addIf(columns, Column.MODIFIED, isListed || member.matcher.needsModified());
      addIf(columns, Column.METADATA, isListed);
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
      Look look = isListed ? objectLook(row) : Look.ofRow(row.size(), row.idUtf8());
      hand(new MatchedFile(row.relativeUtf8(), looks(look)));
    }
  }

  /** What the listing said that the row was made of; without that the object is looked at later. */
  private static Look objectLook(FileRow row) {
    Instant modified = row.modified();
    Optional<ObjectFacts> facts = ObjectFacts.read(row.metadata());
    if (facts.isEmpty() || modified == null) {
      return Look.ofRow(row.size(), row.idUtf8());
    }
    long modifiedNs = Math.multiplyExact(modified.toEpochMilli(), NANOS_PER_MILLI);
    return Look.ofObject(row.size(), modifiedNs, tail(row.id(), facts.get()));
  }

  private static RowTail tail(String row, ObjectFacts facts) {
    return new RowTail(row, facts.etag(), facts.isArchived());
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
      lastUtf8 = row.relativeUtf8();
    }
    for (Member member : members) {
      if (member.look == null && member.matcher.matches(row)) {
        member.look = Look.ofRow(row.size(), row.idUtf8());
      }
    }
  }

  /** All rows of a file were seen. */
  private void endFile() {
    if (lastPath.isEmpty()) {
      return;
    }
    @Nullable Look[] looks = members.stream().map(member -> member.look).toArray(Look[]::new);
    hand(new MatchedFile(lastUtf8, looks));
    members.forEach(member -> member.look = null);
    lastPath = "";
  }

  private void hand(MatchedFile file) {
    try {
      Objects.requireNonNull(matched, "rows are read").add(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
                facts.set(path, stat.modifiedNs());
                if (match(facts)) {
                  keep(
                      path,
                      Look.ofFile(stat.size(), stat.modifiedNs(), stat.inode(), rules.of(stat)));
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

  /** Lists a place; its objects are known by what the listing tells. */
  void readObjects(LazyStore objects, ObjectPlace place) throws IOException {
    ScannedFacts facts = new ScannedFacts();
    ObjectListing listing = new ObjectListing(place);
    try {
      listing.read(
          objects.open(),
          (path, stat) -> {
            progress.count();
            long modifiedNs = Math.multiplyExact(stat.modifiedMs(), NANOS_PER_MILLI);
            facts.set(path, modifiedNs);
            if (match(facts)) {
              RowTail tail = tail("", ObjectFacts.of(stat));
              keep(path, Look.ofObject(stat.size(), modifiedNs, tail));
            }
          });
    } catch (UncheckedIOException e) {
      throw unwrapped(e);
    } catch (ObjectFault e) {
      throw new UnreadableException(what + " cannot be listed: " + StoreTrouble.words(e), e);
    }
    listing.passedOver().ifPresent(words -> warnings.add(what + ": passed over " + words));
    if (listing.objects() == 0) {
      throw new UnreadableException(
          "%s: there is no object below %s: mind the prefix".formatted(what, place), null);
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

  private @Nullable Look[] looks(Look look) {
    @Nullable Look[] looks = new Look[members.size()];
    for (int i = 0; i < looks.length; i++) {
      looks[i] = members.get(i).isMatch ? look : null;
    }
    return looks;
  }

  private void keep(String path, Look look) {
    try {
      spooling.add(new MatchedFile(path.getBytes(StandardCharsets.UTF_8), looks(look)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A scanned file as filters see it. */
  private static final class ScannedFacts implements FileFacts {
    private String path = "";
    private long modifiedNs;

    void set(String relativePath, long modifiedNanoseconds) {
      path = relativePath;
      modifiedNs = modifiedNanoseconds;
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
