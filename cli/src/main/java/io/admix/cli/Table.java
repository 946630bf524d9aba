package io.admix.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows in columns, two blanks between. Columns whose heading begins with {@code >} are aligned
 * right.
 */
final class Table {
  private final List<String> headings;
  private final boolean[] isRight;
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... headings) {
    this.isRight = new boolean[headings.length];
    for (int i = 0; i < headings.length; i++) {
      isRight[i] = headings[i].startsWith(">");
    }
    this.headings =
        Arrays.stream(headings).map(h -> h.startsWith(">") ? h.substring(1) : h).toList();
  }

  void row(String... cells) {
    rows.add(List.of(cells));
  }

  /** The lines, headings dimmed, without trailing blanks. */
  List<String> lines(Style style) {
    int[] widths = widths();
    List<String> lines = new ArrayList<>();
    if (headings.stream().anyMatch(h -> !h.isBlank())) {
      lines.add(style.dim(line(headings, widths)));
    }
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private int[] widths() {
    int[] widths = new int[headings.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = width(headings.get(i));
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    return widths;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      String blanks = " ".repeat(widths[i] - width(cell));
      line.append(i == 0 ? "" : "  ").append(isRight[i] ? blanks + cell : cell + blanks);
    }
    return line.toString().stripTrailing();
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
