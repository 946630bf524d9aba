package io.admix.cli;

import io.admix.catalog.Dataset;
import io.admix.catalog.Distribution;
import io.admix.core.name.Printable;
import io.admix.engine.dataset.DatasetService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** {@code dataset show} for people. */
final class DistributionText {
  private static final int BAR = 30;
  private static final int VALUES_SHOWN = 12;
  private static final int MONTHS_SHOWN = 24;
  private final Style style;
  private final List<String> lines = new ArrayList<>();

  DistributionText(Style style) {
    this.style = style;
  }

  List<String> lines(DatasetService.Details details) {
    Dataset dataset = details.dataset();
    Distribution distribution = details.distribution();
    lines.add(
        style.bold(dataset.name())
            + "  "
            + String.join(
                style.dot(),
                Words.files(dataset.files()),
                Words.bytes(dataset.bytes()),
                dataset.type()));
    lines.add(dataset.path());
    lines.add(
        style.dim(
            DatasetText.maker(dataset)
                + (details.taskId() == null ? "" : ", task " + details.taskId())
                + ", registered "
                + Words.time(dataset.createdAt())));
    distribution.labels().forEach((label, values) -> label(label, values, dataset.files()));
    if (distribution.unlabelled() > 0 && !distribution.labels().isEmpty()) {
      lines.add("");
      lines.add("without any label: " + Words.files(distribution.unlabelled()));
    }
    if (distribution.otherValues() > 0) {
      lines.add("less frequent values not shown: " + Words.files(distribution.otherValues()));
    }
    sizes(distribution.sizes(), dataset.files());
    months(distribution, dataset.files());
    return lines;
  }

  private void label(String label, SequencedMap<String, Long> values, long files) {
    heading("label " + Printable.of(label));
    Table table = new Table("", "", "> ", "> ");
    values.entrySet().stream()
        .limit(VALUES_SHOWN)
        .forEach(e -> row(table, Printable.of(e.getKey()), e.getValue(), files));
    print(table);
    if (values.size() > VALUES_SHOWN) {
      long rest = values.values().stream().skip(VALUES_SHOWN).mapToLong(Long::longValue).sum();
      lines.add(
          "  " + Words.number(values.size() - VALUES_SHOWN) + " more values, " + Words.files(rest));
    }
  }

  private void sizes(long[] counts, long files) {
    heading("sizes");
    Table table = new Table("", "", "> ", "> ");
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        row(table, SizeClass.words(i), counts[i], files);
      }
    }
    print(table);
  }

  private void months(Distribution distribution, long files) {
    if (distribution.oldest() == null || distribution.newest() == null) {
      return;
    }
    heading(
        "last changed, from "
            + Words.time(distribution.oldest())
            + " to "
            + Words.time(distribution.newest()));
    SequencedMap<String, Long> months = distribution.months();
    int earlier = Math.max(0, months.size() - MONTHS_SHOWN);
    Table table = new Table("", "", "> ", "> ");
    if (earlier > 0) {
      long sum = months.values().stream().limit(earlier).mapToLong(Long::longValue).sum();
      row(table, "earlier", sum, files);
    }
    for (Map.Entry<String, Long> month : months.entrySet().stream().skip(earlier).toList()) {
      row(table, month.getKey(), month.getValue(), files);
    }
    print(table);
  }

  private void heading(String text) {
    lines.add("");
    lines.add(style.bold(text));
  }

  private void row(Table table, String what, long count, long files) {
    long percent = files == 0 ? 0 : Math.round(count * 100.0 / files);
    String share = percent == 0 && count > 0 ? "<1 %" : percent + " %";
    table.row(what, style.bar(count, count, files, BAR), Words.number(count), share);
  }

  private void print(Table table) {
    table.lines(style).forEach(line -> lines.add("  " + line));
  }
}
