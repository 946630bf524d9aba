package io.admix.engine.plan;

import io.admix.core.name.Printable;
import io.admix.core.plan.PlanEntry;
import io.admix.engine.sort.ExternalSorter;
import io.admix.engine.sort.RecordCursor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Finds target names that are one name on a file system that folds case: files, and folders on the
 * way to them. Memory is fixed. Used by one thread.
 */
final class FoldedNames implements Closeable {
  private static final int MEMORY_BYTES = 8 << 20;
  private static final int SHOWN_MAX = 5;

  /** folded path ‖ 0 ‖ path. */
  private final ExternalSorter paths;

  private String lastFolder = "";

  FoldedNames(Path scratch) {
    this.paths = new ExternalSorter(scratch, MEMORY_BYTES);
  }

  /** Adds the next entry in canonical order. */
  void add(PlanEntry entry) throws IOException {
    if (!entry.targetFolder().equals(lastFolder)) {
      lastFolder = entry.targetFolder();
      for (int at = 0; at >= 0; ) {
        int slash = lastFolder.indexOf('/', at);
        put(slash < 0 ? lastFolder : lastFolder.substring(0, slash));
        at = slash < 0 ? -1 : slash + 1;
      }
    }
    put(entry.targetPath());
  }

  private void put(String path) throws IOException {
    byte[] record = (fold(path) + '\0' + path).getBytes(StandardCharsets.UTF_8);
    paths.add(record, 0, record.length);
  }

  /** As near to what file systems fold as Java's own tables come. */
  static String fold(String path) {
    String upper = Normalizer.normalize(path, Normalizer.Form.NFD).toUpperCase(Locale.ROOT);
    return Normalizer.normalize(upper.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
  }

  /**
   * Looks for paths that differ and fold to one.
   *
   * @throws PlanException with how many there are, and the first few
   */
  void requireApart(Path target) throws IOException, PlanException {
    long clashes = 0;
    List<String> shown = new ArrayList<>();
    byte[] folded = {};
    byte[] first = {};
    try (RecordCursor cursor = paths.read()) {
      while (cursor.advance()) {
        byte[] record =
            Arrays.copyOfRange(cursor.array(), cursor.offset(), cursor.offset() + cursor.length());
        int zero = zero(record);
        byte[] path = Arrays.copyOfRange(record, zero + 1, record.length);
        if (!Arrays.equals(record, 0, zero, folded, 0, folded.length)) {
          folded = Arrays.copyOf(record, zero);
        } else if (!Arrays.equals(path, first)) {
          clashes++;
          if (shown.size() < SHOWN_MAX) {
            shown.add("  " + text(first) + " and " + text(path));
          }
        }
        first = path;
      }
    }
    if (clashes > 0) {
      throw new PlanException(lines(target, clashes, shown));
    }
  }

  private static List<String> lines(Path target, long clashes, List<String> shown) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "the file system of %s does not tell upper from lower case, and %s there; use `layout: by-source` or `sharded`, exclude one of each, or choose another target; nothing was made:"
            .formatted(
                target,
                clashes == 1
                    ? "two names of the mix would be one"
                    : "%,d pairs of names of the mix would be one".formatted(clashes)));
    lines.addAll(shown);
    if (clashes > shown.size()) {
      lines.add("  … and %,d more".formatted(clashes - shown.size()));
    }
    return lines;
  }

  private static int zero(byte[] record) {
    int at = 0;
    while (record[at] != 0) {
      at++;
    }
    return at;
  }

  private static String text(byte[] path) {
    return Printable.of(new String(path, StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    paths.close();
  }
}
