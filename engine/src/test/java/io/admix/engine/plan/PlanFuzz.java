package io.admix.engine.plan;

import static io.admix.core.fuzz.Bounded.require;

import io.admix.core.fuzz.Bounded;
import io.admix.core.plan.PlanEntry;
import io.admix.core.plan.SelectionHash;
import io.admix.engine.fuzz.FuzzFile;
import io.admix.engine.report.MethodCount;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Fuzz target: a plan without its last two lines, as it is and with totals and a footer that fit
 * it, so that what lies behind the seal is reached.
 */
public final class PlanFuzz {
  private static final FuzzFile FILE = new FuzzFile("plan.jsonl");
  private static final FuzzFile COPY = new FuzzFile("copy.jsonl");
  private static final Path ROOT = Path.of("/data/mix");
  private static final MethodCount[] NO_COUNTS = {};

  private PlanFuzz() {}

  /** All that is read of a plan. */
  private record Content(
      PlanHeader header, List<PlanEntry> mains, List<PlanEntry> reserves, String sha256) {}

  public static void fuzzerTestOneInput(byte[] data) {
    Bounded.run(
        data.length,
        () -> {
          read(FILE.with(data));
          trusted(FILE.path());
          byte[] sealed = sealed(data);
          read(FILE.with(sealed))
              .ifPresent(content -> {
                String text = new String(sealed, StandardCharsets.UTF_8);
                require(
                    Arrays.equals(text.getBytes(StandardCharsets.UTF_8), sealed),
                    "a plan that is no UTF-8 is read as another");
                check(content);
              });
          trusted(FILE.path());
        });
  }

  private static Optional<Content> read(Path file) throws IOException {
    try (SealedPlan plan = SealedPlan.open(file)) {
      return Optional.of(content(plan));
    } catch (InvalidPlanException e) {
      require(
          e.getMessage().contains(file.toString()) && e.getMessage().contains("`admix plan"),
          "words: %s",
          e.getMessage());
      return Optional.empty();
    }
  }

  private static Content content(SealedPlan plan) throws IOException {
    List<PlanEntry> mains = new ArrayList<>();
    List<PlanEntry> reserves = new ArrayList<>();
    for (Iterator<PlanRun> runs = plan.runs(); runs.hasNext(); ) {
      PlanRun run = runs.next();
      (run.isReserve() ? reserves : mains).addAll(plan.entries(run));
    }
    return new Content(plan.header(), mains, reserves, plan.fileSha256());
  }

  /** What was not checked may fail late, but only in the ways that are declared. */
  private static void trusted(Path file) throws IOException {
    try (SealedPlan plan = SealedPlan.openTrusted(file)) {
      content(plan);
    } catch (InvalidPlanException e) {
      require(e.getMessage().contains(file.toString()), "words: %s", e.getMessage());
    } catch (UncheckedIOException | IOException e) {
      require(e.getMessage().contains(file.toString()), "words: %s", e.getMessage());
    }
  }

  private static void check(Content content) {
    for (PlanEntry entry : content.mains) {
      requireInside(entry);
    }
    content.reserves.forEach(PlanFuzz::requireInside);
    try {
      Path copy = COPY.path();
      Files.deleteIfExists(copy);
      write(copy, content);
      Content again = read(copy).orElseThrow();
      require(again.mains.equals(content.mains), "written again: %s", again.mains);
      require(again.reserves.equals(content.reserves), "written again: %s", again.reserves);
      require(again.header.equals(content.header), "written again: %s", again.header);
    } catch (IOException e) {
      throw new AssertionError("what was accepted cannot be written again", e);
    }
  }

  private static void write(Path copy, Content content) throws IOException {
    PlanSummary summary = content.header.summary();
    List<PlanHead.HeadSource> sources = new ArrayList<>();
    for (int i = 0; i < content.header.sources().size(); i++) {
      sources.add(
          new PlanHead.HeadSource(
              content.header.sources().get(i),
              summary.sources().get(i).requested(),
              summary.sources().get(i).available()));
    }
    PlanHead head =
        new PlanHead(
            content.header.recipe(),
            content.header.recipeJson(),
            content.header.folder(),
            summary.targetPath(),
            summary.zone(),
            summary.total(),
            summary.binding(),
            sources);
    try (PlanWriter writer = new PlanWriter(copy, head)) {
      for (PlanEntry entry : content.mains) {
        writer.add(entry);
      }
      for (PlanEntry entry : content.reserves) {
        writer.addReserve(entry);
      }
      writer.seal(new LinkedHashMap<>(), new Warnings());
    }
  }

  private static void requireInside(PlanEntry entry) {
    for (String relative : List.of(entry.targetPath(), entry.sourcePath())) {
      Path path = ROOT.resolve(relative);
      require(
          path.startsWith(ROOT) && path.normalize().equals(path) && !path.equals(ROOT),
          "`%s` leaves its root",
          relative);
    }
    require(ROOT.resolve(entry.targetName()).getParent().equals(ROOT), "%s", entry);
  }

  /** Up to the last line feed, then the totals and the footer that these lines give, if any do. */
  private static byte[] sealed(byte[] data) throws IOException {
    int end = data.length;
    while (end > 0 && data[end - 1] != '\n') {
      end--;
    }
    byte[] lines = Arrays.copyOf(data, end);
    Sums sums = new Sums();
    try (SealedPlan plan = SealedPlan.openTrusted(FILE.with(with(lines, sums)))) {
      sums.add(plan);
    } catch (InvalidPlanException | IOException | UncheckedIOException e) {
      sums.setSources(sourcesIn(lines));
    }
    return with(lines, sums);
  }

  private static int sourcesIn(byte[] lines) {
    String text = new String(lines, StandardCharsets.ISO_8859_1);
    return Math.max(1, text.split("\"root\":", -1).length - 1);
  }

  private static byte[] with(byte[] lines, Sums sums) {
    if (sums.counts.length == 0) {
      sums.setSources(sourcesIn(lines));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(lines);
    PlanTotals totals =
        new PlanTotals(
            List.of(sums.counts),
            new LinkedHashMap<>(),
            sums.reserves,
            sums.unseen,
            List.of(),
            List.of());
    out.writeBytes((PlanHeadJson.totals(totals) + "\n").getBytes(StandardCharsets.UTF_8));
    String hash = HexFormat.of().formatHex(Digests.sha256().digest(out.toByteArray()));
    JsonBytes footer = new JsonBytes(512);
    PlanLines.footer(
        footer, new PlanFooter(sums.entries, sums.runs, sums.bytes, sums.selection, hash));
    out.writeBytes(footer.toArray());
    return out.toByteArray();
  }

  /** What totals and footer say. */
  private static final class Sums {
    private MethodCount[] counts = NO_COUNTS;
    private long entries;
    private long runs;
    private long bytes;
    private long reserves;
    private long unseen;
    private String selection = "";

    void setSources(int sources) {
      counts = new MethodCount[sources];
      Arrays.fill(counts, MethodCount.NONE);
    }

    void add(SealedPlan plan) throws IOException {
      setSources(plan.header().sources().size());
      SelectionHash hash = new SelectionHash();
      for (Iterator<PlanRun> all = plan.runs(); all.hasNext(); ) {
        PlanRun run = all.next();
        List<PlanEntry> list = plan.entries(run);
        if (run.isReserve()) {
          reserves += list.size();
          continue;
        }
        runs++;
        for (PlanEntry entry : list) {
          entries++;
          bytes += entry.size();
          unseen += entry.seen().isThere() ? 0 : 1;
          counts[entry.source()] = counts[entry.source()].plus(1, entry.size());
          hash.add(entry, plan.header().sources().get(entry.source()).name());
        }
      }
      selection = hash.hex();
    }
  }
}
