package io.admix.engine.plan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens plan files. */
final class PlanFiles {
  /** Header and totals hold a recipe, its sources and warnings; more is no plan of ours. */
  private static final int HEADER_MAX = 1 << 24;

  private static final int FOOTER_MAX = 1024;

  private PlanFiles() {}

  static SealedPlan open(Path file) throws IOException, InvalidPlanException {
    PlanReader plan = read(file);
    try {
      new PlanCheck(file, plan).run();
      return plan;
    } catch (IOException | InvalidPlanException | RuntimeException e) {
      plan.close();
      throw e;
    }
  }

  static SealedPlan openTrusted(Path file) throws IOException, InvalidPlanException {
    return read(file);
  }

  private static PlanReader read(Path file) throws IOException, InvalidPlanException {
    FileChannel channel = channel(file);
    try {
      byte[] first = firstLine(file, channel);
      checkVersion(file, new String(first, 0, Math.min(first.length, 40), StandardCharsets.UTF_8));
      Tail tail = tail(file, channel, first.length);
      PlanHead head = PlanHeadJson.readHead(first);
      PlanTotals totals = PlanHeadJson.readTotals(tail.totals());
      if (totals.sources().size() != head.sources().size()) {
        throw edited(file, "its totals do not fit its header");
      }
      PlanHeader header =
          new PlanHeader(
              head.recipe(),
              head.recipeJson(),
              head.folder(),
              PlanHeadJson.summary(head, totals, tail.footer()),
              head.sources().stream().map(PlanHead.HeadSource::source).toList());
      return new PlanReader(
          file,
          channel,
          header,
          new PlanReader.Extent(first.length, tail.totalsAt(), tail.footerAt()),
          tail.footer());
    } catch (InvalidPlanException e) {
      channel.close();
      throw e.getMessage().startsWith("plan ") ? e : edited(file, e.getMessage());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileChannel channel(Path file) throws IOException, InvalidPlanException {
    try {
      return FileChannel.open(file, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw new InvalidPlanException(
          "plan " + file + " is not there: make it with `admix plan RECIPE -o " + file + "`");
    }
  }

  private static byte[] firstLine(Path file, FileChannel channel)
      throws IOException, InvalidPlanException {
    PlanScan scan = new PlanScan(channel, 0, HEADER_MAX);
    if (!scan.advance()) {
      throw channel.size() == 0 ? notPlan(file) : cutShort(file);
    }
    return scan.line();
  }

  private static void checkVersion(Path file, String start) throws InvalidPlanException {
    PlanText text = new PlanText();
    byte[] bytes = start.getBytes(StandardCharsets.UTF_8);
    text.over(bytes, 0, bytes.length);
    if (!text.take("{\"admixPlan\":")) {
      throw notPlan(file);
    }
    long version = text.number();
    if (version != PlanLines.VERSION) {
      throw new InvalidPlanException(
          "plan "
              + file
              + " is of version "
              + version
              + ", this Admix reads version "
              + PlanLines.VERSION
              + ": make it again with `admix plan`");
    }
  }

  /** The last two lines and where they begin. */
  private record Tail(byte[] totals, long totalsAt, PlanFooter footer, long footerAt) {}

  private static Tail tail(Path file, FileChannel channel, long headerEnd)
      throws IOException, InvalidPlanException {
    long size = channel.size();
    byte[] end = bytes(channel, Math.max(headerEnd, size - FOOTER_MAX), size);
    int footer = lastLine(end, end.length);
    if (footer < 0) {
      throw cutShort(file);
    }
    PlanFooter parsed = parseFooter(file, end, footer);
    long footerAt = size - (end.length - footer);
    for (long window = 1 << 12; ; window *= 4) {
      long from = Math.max(headerEnd, footerAt - window);
      byte[] before = bytes(channel, from, footerAt);
      int totals = lastLine(before, before.length);
      if (totals > 0 || totals == 0 && from == headerEnd) {
        return new Tail(
            java.util.Arrays.copyOfRange(before, totals, before.length),
            from + totals,
            parsed,
            footerAt);
      }
      if (from == headerEnd || window > HEADER_MAX) {
        throw edited(file, "its totals are missing");
      }
    }
  }

  /**
   * Index of the first byte of the last line, which must end with a line feed; -1 when there is
   * none, 0 also when the line may begin earlier.
   */
  private static int lastLine(byte[] bytes, int end) {
    if (end == 0 || bytes[end - 1] != '\n') {
      return -1;
    }
    int at = end - 1;
    while (at > 0 && bytes[at - 1] != '\n') {
      at--;
    }
    return at;
  }

  private static PlanFooter parseFooter(Path file, byte[] bytes, int from)
      throws InvalidPlanException {
    PlanText text = new PlanText();
    text.over(bytes, from, bytes.length);
    if (!text.take("{\"entries\":")) {
      throw cutShort(file);
    }
    long entries = text.number();
    text.expect(",\"runs\":");
    long runs = text.number();
    text.expect(",\"bytes\":");
    long total = text.number();
    text.expect(",\"sha256\":");
    String sha256 = text.string();
    text.expect(",\"fileSha256\":");
    String fileSha256 = text.string();
    text.expect("}\n");
    return new PlanFooter(entries, runs, total, sha256, fileSha256);
  }

  static byte[] bytes(FileChannel channel, long from, long to) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(to - from));
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new IOException("the plan became shorter while it was read");
      }
    }
    return buffer.array();
  }

  static InvalidPlanException edited(Path file, String detail) {
    return new InvalidPlanException(
        "plan "
            + file
            + " was edited after it was sealed: make it again with `admix plan` ("
            + detail
            + ")");
  }

  private static InvalidPlanException cutShort(Path file) {
    return new InvalidPlanException(
        "plan " + file + " is cut short: make it again with `admix plan`");
  }

  private static InvalidPlanException notPlan(Path file) {
    return new InvalidPlanException(
        "plan " + file + " is no plan of Admix: make one with `admix plan RECIPE -o PLAN`");
  }
}
