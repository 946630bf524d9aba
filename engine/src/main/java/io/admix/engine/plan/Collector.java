package io.admix.engine.plan;

import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets;
import io.admix.catalog.ScanSummary;
import io.admix.core.name.Printable;
import io.admix.core.select.FileFacts;
import io.admix.engine.flow.Handover;
import io.admix.engine.place.LazyStore;
import io.admix.engine.place.ObjectFacts;
import io.admix.engine.place.ObjectListing;
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
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads one dataset or folder once and gives its files to the spools of all sources on it. That one
 * reading is the snapshot that the plan is made of. Used by one thread.
 */
final class Collector {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final List<PlanSourceInfo> group = new ArrayList<>();
  private final Spooling spooling = new Spooling();
  private final ZoneId zone;
  private final Progress progress;
  private final Warnings warnings;
  private final String what;
  private final LinkRules rules;

  Collector(String what, LinkRules rules, ZoneId zone, Progress progress, Warnings warnings) {
    this.what = what;
    this.rules = rules;
    this.zone = zone;
    this.progress = progress;
    this.warnings = warnings;
  }

  void addMember(PlanSourceInfo source, Spool spool, long seed) {
    group.add(source);
    spooling.addSource(source, spool, seed);
  }

  /** Reads a dataset's rows on this thread, ranks and keeps what matches on another. */
  void readDataset(Datasets datasets, Dataset dataset) throws IOException {
    try (Handover<MatchedFile> keeping = new Handover<>("admix-rank", spooling::add)) {
      RowMatcher rows = new RowMatcher(group, zone, RowMatcher.Rows.of(dataset), keeping::add);
      ScanSummary seen =
          datasets.scan(
              dataset,
              rows.columns(),
              row -> {
                progress.count();
                rows.row(row);
              });
      rows.finish();
      keeping.finish();
      warnOfUnsafe(dataset.name(), dataset.path(), seen, warnings);
      RowMatcher.warnOfDuplicates(dataset.name(), rows.duplicates(), warnings);
    } catch (UncheckedIOException e) {
      throw unwrapped(e);
    }
  }

  /** Says which rows of a dataset were left out. */
  static void warnOfUnsafe(String name, String path, ScanSummary seen, Warnings warnings) {
    warnings.addIf(
        seen.unsafePaths(),
        "dataset `%s`: %d {row left out, its path is|rows left out, their paths are} outside its folder %s, not in normal form or reserved: %s",
        name,
        seen.unsafePaths(),
        path,
        named(seen));
  }

  private static String named(ScanSummary seen) {
    String first =
        seen.unsafe().stream().map(Printable::of).collect(Collectors.joining("`, `", "`", "`"));
    return first + (seen.unsafePaths() > seen.unsafe().size() ? ", …" : "");
  }

  /** Walks a folder; its files are looked at by the walk. */
  void readFolder(Scanner scanner, java.nio.file.Path root, int threads)
      throws IOException, InterruptedException {
    ScannedFacts facts = new ScannedFacts();
    FactsMatcher matching = new FactsMatcher(group, zone);
    try {
      Scanner.Skipped skipped =
          scanner.scan(
              root,
              threads,
              (path, stat) -> {
                progress.count();
                facts.set(path, stat.modifiedNs());
                if (matching.any(facts)) {
                  keep(
                      path,
                      Look.ofFile(stat.size(), stat.modifiedNs(), stat.inode(), rules.of(stat)),
                      matching);
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
    FactsMatcher matching = new FactsMatcher(group, zone);
    ObjectListing listing = new ObjectListing(place);
    try {
      listing.read(
          objects.open(),
          (path, stat) -> {
            progress.count();
            long modifiedNs = Math.multiplyExact(stat.modifiedMs(), NANOS_PER_MILLI);
            facts.set(path, modifiedNs);
            if (matching.any(facts)) {
              RowTail tail = RowTail.of("", ObjectFacts.of(stat));
              keep(path, Look.ofObject(stat.size(), modifiedNs, tail), matching);
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

  private void keep(String path, Look look, FactsMatcher matching) {
    try {
      spooling.add(new MatchedFile(path.getBytes(StandardCharsets.UTF_8), matching.looks(look)));
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
