package io.admix.server.pages.compose;

import java.util.List;

/**
 * One source as the form has it; "" is what was left empty.
 *
 * @param key tells the rows of one form apart
 * @param dataset name or id, "" for a folder
 * @param path of a folder, "" for a dataset
 * @param source the source's own name
 * @param kind count, percent or weight: which of the three holds
 * @param amount as it was typed
 * @param labelled what is asked of its labels
 * @param tagged and {@code modified}: when
 * @param include patterns, a line each
 * @param exclude patterns, a line each
 */
public record ComposeRow(
    String key,
    String dataset,
    String path,
    String source,
    String kind,
    String amount,
    Labelled labelled,
    Times tagged,
    Times modified,
    String include,
    String exclude) {

  /** The kinds of amount, in the order in which a recipe writes them. */
  static final List<String> KINDS = List.of("count", "percent", "weight");

  /** A label and its values. */
  public record Labelled(String name, List<String> values) {
    public Labelled {
      values = List.copyOf(values);
    }
  }

  /** A range of times; {@code lets} is whether files whose time is not known pass. */
  public record Times(String since, String until, boolean lets) {
    boolean isEmpty() {
      return since.isEmpty() && until.isEmpty();
    }
  }

  /** A dataset that was just chosen. */
  static ComposeRow of(String key, String dataset) {
    Times any = new Times("", "", false);
    return new ComposeRow(
        key, dataset, "", "", "weight", "1", new Labelled("", List.of()), any, any, "", "");
  }

  /** What it is called on the page. */
  public String title() {
    return dataset.isEmpty() ? path : dataset;
  }

  /** The amount, where it is of this kind. */
  public String amount(String asked) {
    return kind.equals(asked) ? amount : "";
  }
}
