package io.admix.server.pages.compose;

import io.admix.core.recipe.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The form that stands for a recipe document, finished or not. It holds only what a browser sends
 * back as it was: fields without blanks around them, values that are not empty, words to choose
 * from.
 */
final class DocumentForm {
  private static final List<String> SHARED = List.of("hardlink", "symlink", "copy");
  private static final List<String> OWN = List.of("reflink", "copy");

  private DocumentForm() {}

  static ComposeForm of(Node.Mapping document) {
    List<ComposeRow> rows = new ArrayList<>();
    if (document.entries().get("sources") instanceof Node.Sequence sources) {
      for (Node source : sources.items()) {
        if (source instanceof Node.Mapping mapping) {
          rows.add(row(Integer.toString(rows.size()), mapping));
        }
      }
    }
    String total = text(document, "total");
    List<String> link = texts(document, "link");
    return new ComposeForm(
        text(document, "name"),
        text(document, "seed"),
        !document.entries().containsKey("total")
            ? ComposeForm.COUNTS
            : total.equals(ComposeForm.MAX) ? ComposeForm.MAX : ComposeForm.FILES,
        total.equals(ComposeForm.MAX) ? "" : total,
        word(document, "layout", List.of(ComposeForm.BY_SOURCE, "flat", "sharded")),
        link.equals(OWN) ? ComposeForm.OWN : ComposeForm.SHARED,
        link.isEmpty() || link.equals(OWN) || link.equals(SHARED) ? "" : String.join(", ", link),
        word(document, "on-shortage", List.of(ComposeForm.FAIL, "redistribute", "take-all")),
        word(document, "on-error", List.of(ComposeForm.FAIL, "skip", "replace")),
        rows);
  }

  private static ComposeRow row(String key, Node.Mapping source) {
    String kind =
        ComposeRow.KINDS.stream()
            .filter(source.entries()::containsKey)
            .findFirst()
            .orElse("weight");
    String dataset = text(source, "dataset");
    String name = text(source, "name");
    Node.@Nullable Mapping label = mapping(source, "label");
    return new ComposeRow(
        key,
        dataset,
        text(source, "path"),
        name.equals(dataset) ? "" : name,
        kind,
        text(source, kind),
        label == null
            ? new ComposeRow.Labelled("", List.of())
            : new ComposeRow.Labelled(raw(label, "name"), values(label)),
        times(source, "tagged"),
        times(source, "modified"),
        String.join("\n", texts(source, "include")),
        String.join("\n", texts(source, "exclude")));
  }

  private static ComposeRow.Times times(Node.Mapping source, String key) {
    Node.Mapping range = mapping(source, key);
    return range == null
        ? new ComposeRow.Times("", "", false)
        : new ComposeRow.Times(
            text(range, "since"), text(range, "until"), text(range, "unknown").equals("match"));
  }

  private static Node.@Nullable Mapping mapping(Node.Mapping of, String key) {
    return of.entries().get(key) instanceof Node.Mapping mapping ? mapping : null;
  }

  private static List<String> values(Node.Mapping label) {
    return texts(label, label.entries().containsKey("value") ? "value" : "values").stream()
        .filter(value -> !value.isEmpty())
        .distinct()
        .toList();
  }

  private static String text(Node.Mapping of, String key) {
    return raw(of, key).strip();
  }

  /** One of the words, the first unless it is said. */
  private static String word(Node.Mapping of, String key, List<String> words) {
    String text = text(of, key);
    return words.contains(text) ? text : words.getFirst();
  }

  private static String raw(Node.Mapping of, String key) {
    return of.entries().get(key) instanceof Node.Scalar scalar
        ? Objects.requireNonNullElse(scalar.text(), "")
        : "";
  }

  private static List<String> texts(Node.Mapping of, String key) {
    if (of.entries().get(key) instanceof Node.Sequence list) {
      return list.items().stream()
          .filter(Node.Scalar.class::isInstance)
          .map(item -> ((Node.Scalar) item).text())
          .filter(Objects::nonNull)
          .toList();
    }
    String one = raw(of, key);
    return one.isEmpty() ? List.of() : List.of(one);
  }
}
