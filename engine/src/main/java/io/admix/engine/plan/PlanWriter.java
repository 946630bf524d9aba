package io.admix.engine.plan;

import io.admix.core.plan.PlanEntry;
import io.admix.core.plan.SelectionHash;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.report.MethodCount;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes one plan file: main entries in canonical order, then reserves source by source in rank
 * order, then the seal.
 *
 * <p>Everything goes to a temporary file beside the final one. {@link #seal} syncs it, renames it
 * over {@code file} and syncs the folder: {@code file} is there whole, or as it was before. Closed
 * without a seal, the temporary file is removed. Used by one thread.
 */
final class PlanWriter implements Closeable {
  private static final int FLUSH_BYTES = 1 << 18;

  private final Path file;
  private final Path temporary;
  private final PlanHead head;
  private final FileChannel channel;
  private final MessageDigest fileHash = Digests.sha256();
  private final SelectionHash selection = new SelectionHash();
  private final JsonBytes out = new JsonBytes(FLUSH_BYTES * 2);
  private final JsonBytes lines = new JsonBytes(FLUSH_BYTES);
  private final MethodCount[] counts;

  private int pending;
  private int pendingReserveOf = -1;
  private int groupSource = -1;
  private @Nullable String groupFolder;
  private String runFolder = "";
  private long entries;
  private long bytes;
  private long runs;
  private long reserves;
  private long unseen;
  private boolean isSealed;

  /**
   * @param file its folder must be there
   */
  PlanWriter(Path file, PlanHead head) throws IOException {
    this.file = file;
    this.head = head;
    this.temporary =
        file.resolveSibling(
            "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    Files.deleteIfExists(temporary);
    this.channel =
        FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    this.counts = new MethodCount[head.sources().size()];
    java.util.Arrays.fill(counts, MethodCount.NONE);
    out.utf8(PlanHeadJson.head(head)).raw("\n");
  }

  /** Adds the next main entry in canonical order. */
  void add(PlanEntry entry) throws IOException {
    if (pending == PlanLines.RUN_ENTRIES_MAX
        || pending > 0 && !entry.targetFolder().equals(runFolder)) {
      endRun();
    }
    if (pending == 0) {
      runFolder = entry.targetFolder();
      groupFolder = null;
    }
    if (entry.source() != groupSource || !entry.sourceFolder().equals(groupFolder)) {
      groupSource = entry.source();
      groupFolder = entry.sourceFolder();
      PlanLines.group(lines, groupSource, entry.sourceFolder());
    }
    PlanLines.entry(lines, entry);
    pending++;
    entries++;
    bytes += entry.size();
    unseen += entry.seen().isThere() ? 0 : 1;
    counts[entry.source()] = counts[entry.source()].plus(1, entry.size());
    selection.add(
        entry.targetPath(),
        head.sources().get(entry.source()).source().name(),
        entry.sourcePath(),
        entry.size());
  }

  /**
   * Adds the next reserve; after all main entries, source by source, in the order in which they are
   * to be taken.
   */
  void addReserve(PlanEntry entry) throws IOException {
    if (pending == PlanLines.RUN_ENTRIES_MAX || pending > 0 && pendingReserveOf != entry.source()) {
      endRun();
    }
    pendingReserveOf = entry.source();
    PlanLines.reserve(lines, entry);
    pending++;
    reserves++;
  }

  /** Main entries so far, and their bytes, in recipe order. */
  private List<MethodCount> counts() {
    return List.of(counts);
  }

  long unseen() {
    return unseen;
  }

  /**
   * Seals the plan.
   *
   * @param methods expected per link method
   * @throws IOException when it cannot be made durable: the plan is not there, or as it was before
   */
  PlanSummary seal(SequencedMap<LinkMethod, MethodCount> methods, Warnings warnings)
      throws IOException {
    endRun();
    PlanTotals totals =
        new PlanTotals(
            counts(), methods, reserves, unseen, warnings.toList(), warnings.forecasts());
    out.utf8(PlanHeadJson.totals(totals)).raw("\n");
    flush();
    PlanFooter footer =
        new PlanFooter(
            entries, runs, bytes, selection.hex(), HexFormat.of().formatHex(fileHash.digest()));
    PlanLines.footer(out, footer);
    flush();
    channel.force(true);
    channel.close();
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    isSealed = true;
    try (FileChannel folder = FileChannel.open(Digests.folderOf(file), StandardOpenOption.READ)) {
      folder.force(true);
    }
    return PlanHeadJson.summary(head, totals, footer);
  }

  private void endRun() throws IOException {
    if (pending > 0) {
      if (pendingReserveOf >= 0) {
        PlanLines.reserves(out, pendingReserveOf, pending);
      } else {
        PlanLines.run(out, runs++, runFolder, pending);
      }
      out.append(lines);
      lines.clear();
      pending = 0;
      if (out.length() >= FLUSH_BYTES) {
        flush();
      }
    }
  }

  private void flush() throws IOException {
    fileHash.update(out.array(), 0, out.length());
    ByteBuffer buffer = ByteBuffer.wrap(out.array(), 0, out.length());
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    out.clear();
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!isSealed) {
      Files.deleteIfExists(temporary);
    }
  }
}
