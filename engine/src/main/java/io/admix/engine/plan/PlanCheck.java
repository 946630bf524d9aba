package io.admix.engine.plan;

import io.admix.core.plan.PlanEntry;
import io.admix.core.plan.SelectionHash;
import io.admix.engine.report.MethodCount;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a plan from end to end once and compares it with its seal: the hash of every byte, the
 * selection hash, and every total. The footer must be what the checked values give, byte for byte,
 * so that no byte of the file can change unnoticed.
 */
final class PlanCheck {
  private final Path file;
  private final PlanReader plan;
  private final MessageDigest fileHash = Digests.sha256();
  private final SelectionHash selection = new SelectionHash();
  private final JsonBytes lines = new JsonBytes(1 << 18);
  private final MethodCount[] counts;
  private final RunParser parser;
  private long entries;
  private long runs;
  private long bytes;
  private long reserves;
  private long unseen;
  private int lastReserveOf = -1;

  PlanCheck(Path file, PlanReader plan) {
    this.file = file;
    this.plan = plan;
    this.counts = new MethodCount[plan.header().sources().size()];
    Arrays.fill(counts, MethodCount.NONE);
    this.parser = new RunParser(counts.length);
  }

  void run() throws IOException, InvalidPlanException {
    try {
      hashHeader();
      checkRuns();
      checkTotals();
      checkFooter();
    } catch (InvalidPlanException e) {
      throw PlanFiles.edited(file, e.getMessage());
    }
  }

  private void hashHeader() throws IOException {
    fileHash.update(PlanFiles.bytes(plan.channel(), 0, plan.extent().runsAt()));
  }

  private void checkRuns() throws IOException, InvalidPlanException {
    PlanScan scan = new PlanScan(plan.channel(), plan.extent().runsAt(), PlanLines.LINE_MAX);
    RunIndex index = new RunIndex(scan, counts.length, lines::bytes);
    @Nullable PlanRun run = index.next();
    while (run != null) {
      int from = lines.length() - run.length();
      fileHash.update(lines.array(), 0, lines.length());
      check(run, parser.parse(run, lines.array(), from, lines.length()));
      lines.clear();
      run = index.next();
    }
    if (scan.position() != plan.extent().totalsAt()) {
      throw new InvalidPlanException("a line that is no part of a plan");
    }
  }

  private void check(PlanRun run, List<PlanEntry> parsed) throws InvalidPlanException {
    if (run.isReserve()) {
      if (run.reserveOf() < lastReserveOf) {
        throw new InvalidPlanException("reserves out of order");
      }
      lastReserveOf = run.reserveOf();
      reserves += parsed.size();
      return;
    }
    if (lastReserveOf >= 0) {
      throw new InvalidPlanException("run " + run.number() + " comes after reserves");
    }
    runs++;
    parsed.forEach(this::count);
  }

  private void count(PlanEntry entry) {
    entries++;
    bytes += entry.size();
    unseen += entry.seen().isThere() ? 0 : 1;
    counts[entry.source()] = counts[entry.source()].plus(1, entry.size());
    selection.add(entry, plan.header().sources().get(entry.source()).name());
  }

  private void checkTotals() throws IOException, InvalidPlanException {
    PlanSummary summary = plan.header().summary();
    boolean isSame = summary.reserves() == reserves && summary.unseen() == unseen;
    for (int i = 0; i < counts.length; i++) {
      isSame &=
          summary.sources().get(i).achieved() == counts[i].files()
              && summary.sources().get(i).bytes() == counts[i].bytes();
    }
    if (!isSame) {
      throw new InvalidPlanException("its totals are not those of its entries");
    }
    fileHash.update(
        PlanFiles.bytes(plan.channel(), plan.extent().totalsAt(), plan.extent().footerAt()));
  }

  private void checkFooter() throws IOException, InvalidPlanException {
    JsonBytes expected = new JsonBytes(512);
    String fileSha256 = HexFormat.of().formatHex(fileHash.digest());
    PlanLines.footer(expected, new PlanFooter(entries, runs, bytes, selection.hex(), fileSha256));
    byte[] found = PlanFiles.bytes(plan.channel(), plan.extent().footerAt(), plan.channel().size());
    if (!Arrays.equals(expected.toArray(), found)) {
      throw new InvalidPlanException("its seal does not fit its content");
    }
  }
}
