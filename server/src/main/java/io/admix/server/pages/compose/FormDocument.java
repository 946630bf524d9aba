package io.admix.server.pages.compose;

import io.admix.core.recipe.Node;
import io.admix.core.recipe.Node.Place;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The recipe document that a form stands for: what was left empty, and what is so anyway, is left
 * out. What was typed as a number stays as it was typed, right or wrong: the recipe's own reader
 * judges it.
 */
final class FormDocument {
  private FormDocument() {}

  static Node.Mapping of(ComposeForm form) {
    Keys keys = new Keys();
    keys.text("name", form.name());
    keys.number("seed", form.seed());
    switch (form.totalKind()) {
      case ComposeForm.MAX -> keys.text("total", ComposeForm.MAX);
      case ComposeForm.COUNTS -> {}
      default -> keys.numberOrNothing("total", form.total());
    }
    keys.textUnless(ComposeForm.BY_SOURCE, "layout", form.layout());
    keys.texts("link", link(form));
    keys.textUnless(ComposeForm.FAIL, "on-shortage", form.onShortage());
    keys.textUnless(ComposeForm.FAIL, "on-error", form.onError());
    List<Node> sources = form.rows().stream().map(FormDocument::source).toList();
    if (!sources.isEmpty()) {
      keys.put("sources", new Node.Sequence(sources, Place.NOWHERE));
    }
    return keys.mapping();
  }

  private static List<String> link(ComposeForm form) {
    if (!form.link().isEmpty()) {
      return split(form.link(), "[,\\s]+");
    }
    return form.edits().equals(ComposeForm.OWN) ? List.of("reflink", "copy") : List.of();
  }

  private static Node source(ComposeRow row) {
    Keys keys = new Keys();
    keys.text("dataset", row.dataset());
    keys.text("path", row.path());
    keys.text("name", row.source());
    keys.number(row.kind(), row.amount());
    Keys label = new Keys();
    label.text("name", row.labelled().name());
    label.texts("values", row.labelled().values());
    keys.mapping("label", label);
    keys.mapping("tagged", range(row.tagged()));
    keys.mapping("modified", range(row.modified()));
    keys.texts("include", split(row.include(), "\\R"));
    keys.texts("exclude", split(row.exclude(), "\\R"));
    return keys.mapping();
  }

  private static Keys range(ComposeRow.Times times) {
    Keys range = new Keys();
    range.text("since", times.since());
    range.text("until", times.until());
    if (times.lets() && !times.isEmpty()) {
      range.text("unknown", "match");
    }
    return range;
  }

  private static List<String> split(String text, String at) {
    return Arrays.stream(text.split(at)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private static Node.Scalar scalar(String text, boolean isQuoted) {
    return new Node.Scalar(text, isQuoted, Place.NOWHERE);
  }

  /** A mapping being written; what is empty leaves its key out. */
  private static final class Keys {
    private final SequencedMap<String, Node> entries = new LinkedHashMap<>();

    void put(String key, Node node) {
      entries.put(key, node);
    }

    void text(String key, String text) {
      if (!text.isEmpty()) {
        put(key, scalar(text, true));
      }
    }

    void textUnless(String usual, String key, String text) {
      text(key, text.equals(usual) ? "" : text);
    }

    void number(String key, String typed) {
      if (!typed.isEmpty()) {
        put(key, scalar(typed, false));
      }
    }

    /** A key that must be there: without a value the reader asks for one. */
    void numberOrNothing(String key, String typed) {
      put(
          key,
          typed.isEmpty() ? new Node.Scalar(null, false, Place.NOWHERE) : scalar(typed, false));
    }

    void texts(String key, List<String> texts) {
      if (!texts.isEmpty()) {
        List<Node> items = texts.stream().<Node>map(text -> scalar(text, true)).toList();
        put(key, new Node.Sequence(items, Place.NOWHERE));
      }
    }

    void mapping(String key, Keys inner) {
      if (!inner.entries.isEmpty()) {
        put(key, inner.mapping());
      }
    }

    Node.Mapping mapping() {
      return new Node.Mapping(entries, Map.of(), Place.NOWHERE);
    }
  }
}
