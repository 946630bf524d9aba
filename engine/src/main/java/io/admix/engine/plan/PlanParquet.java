package io.admix.engine.plan;

import io.admix.core.plan.PlanEntry;
import io.admix.engine.parquet.Column;
import io.admix.engine.parquet.ParquetWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A sealed plan as Parquet, for programs that read it: {@code part-00000.parquet}, … with the
 * entries in plan order, then the reserves, whole runs to a part, and {@code plan.json}, written
 * last, without which the folder is half-written. Memory is fixed.
 */
public final class PlanParquet {
  /** What is written last. */
  public static final String HEAD = "plan.json";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int VERSION = 1;
  private static final long ENTRIES_PER_PART = 1_000_000;

  private static final List<Column> COLUMNS =
      List.of(
          Column.number("run"),
          Column.number("place"),
          Column.number("is_reserve"),
          Column.number("source"),
          Column.text("source_folder"),
          Column.text("source_name"),
          Column.text("target_folder"),
          Column.text("target_name"),
          Column.number("size"),
          Column.number("inode"),
          Column.number("modified"),
          Column.text("row").orNull(),
          Column.text("real_path").orNull(),
          Column.text("etag").orNull());

  private final Path folder;
  private final long entriesPerPart;
  private final ArrayNode parts = JSON.createArrayNode();

  private PlanParquet(Path folder, long entriesPerPart) {
    this.folder = folder;
    this.entriesPerPart = entriesPerPart;
  }

  /**
   * Writes a plan that this process sealed or checked.
   *
   * @param folder must not be there; the one above it must
   * @throws FileAlreadyExistsException when the folder is there
   */
  public static void write(Path sealed, Path folder) throws IOException {
    write(sealed, folder, ENTRIES_PER_PART);
  }

  static void write(Path sealed, Path folder, long entriesPerPart) throws IOException {
    try (SealedPlan plan = SealedPlan.openTrusted(sealed)) {
      Files.createDirectory(folder);
      new PlanParquet(folder, entriesPerPart).write(plan);
    } catch (InvalidPlanException e) {
      throw new IOException(e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void write(SealedPlan plan) throws IOException {
    Iterator<PlanRun> runs = plan.runs();
    while (runs.hasNext()) {
      writePart(plan, runs);
    }
    Path made = folder.resolve(HEAD + ".part");
    Files.writeString(made, head(plan).toString());
    Files.move(made, folder.resolve(HEAD), StandardCopyOption.ATOMIC_MOVE);
  }

  private ObjectNode head(SealedPlan plan) {
    ObjectNode head = JSON.createObjectNode();
    PlanSummary summary = plan.header().summary();
    head.put("admixPlanParquet", VERSION).put("name", summary.name());
    head.put("target", summary.targetPath()).put("seed", summary.seed());
    head.put("entries", summary.entries()).put("runs", summary.runs());
    head.put("bytes", summary.bytes()).put("reserves", summary.reserves());
    head.put("unseen", summary.unseen()).put("sha256", summary.sha256());
    head.put("fileSha256", plan.fileSha256()).put("recipe", plan.header().recipeJson());
    ArrayNode sources = head.putArray("sources");
    for (PlanHeader.PlanSource source : plan.header().sources()) {
      ObjectNode node = sources.addObject();
      node.put("name", source.name()).put("root", source.root());
      node.put("datasetId", source.datasetId()).put("datasetName", source.datasetName());
    }
    head.set("parts", parts);
    return head;
  }

  private void writePart(SealedPlan plan, Iterator<PlanRun> runs) throws IOException {
    String file = "part-%05d.parquet".formatted(parts.size());
    long entries = 0;
    long firstRun = -1;
    long count = 0;
    try (ParquetWriter out = ParquetWriter.create(folder.resolve(file), COLUMNS)) {
      while (runs.hasNext() && entries < entriesPerPart) {
        PlanRun run = runs.next();
        firstRun = firstRun < 0 ? run.number() : firstRun;
        count++;
        int place = 0;
        for (PlanEntry entry : plan.entries(run)) {
          put(out, run, place++, entry);
        }
        entries += place;
      }
      out.finish();
    }
    ObjectNode part = parts.addObject();
    part.put("file", file).put("firstRun", firstRun).put("runs", count).put("entries", entries);
  }

  private static void put(ParquetWriter out, PlanRun run, int place, PlanEntry entry)
      throws IOException {
    int column = 0;
    out.number(column++, run.number());
    out.number(column++, place);
    out.number(column++, run.isReserve() ? 1 : 0);
    out.number(column++, entry.source());
    text(out, column++, entry.sourceFolder());
    text(out, column++, entry.sourceName());
    text(out, column++, entry.targetFolder());
    text(out, column++, entry.targetName());
    out.number(column++, entry.size());
    out.number(column++, entry.seen().inode());
    out.number(column++, entry.seen().modifiedNs());
    text(out, column++, entry.rowId());
    text(out, column++, entry.realPath());
    text(out, column, entry.etag());
    out.endRow();
  }

  private static void text(ParquetWriter out, int column, @Nullable String text) {
    if (text == null) {
      out.none(column);
    } else {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.text(column, bytes, 0, bytes.length);
    }
  }
}
