package io.admix.core.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Reads a small subset of YAML's flow style, {@code {a: 1, b: [x, "y"]}}, with lines: documents for
 * tests.
 */
final class Flow {
  private final String text;
  private int at;
  private int line = 1;

  private Flow(String text) {
    this.text = text;
  }

  static Node read(String text) {
    Flow flow = new Flow(text);
    Node node = flow.node();
    flow.space();
    if (flow.at < text.length()) {
      throw new IllegalArgumentException("left over: " + text.substring(flow.at));
    }
    return node;
  }

  private Node node() {
    space();
    Node.Place place = new Node.Place(line, at);
    return switch (text.charAt(at)) {
      case '{' -> mapping(place);
      case '[' -> sequence(place);
      default -> scalar(place);
    };
  }

  private Node mapping(Node.Place place) {
    SequencedMap<String, Node> entries = new LinkedHashMap<>();
    Map<String, Node.Place> keys = new LinkedHashMap<>();
    while (next('}')) {
      Node.Scalar key = scalar(new Node.Place(line, at));
      expect(':');
      keys.put(key.text(), key.place());
      entries.put(key.text(), node());
    }
    return new Node.Mapping(entries, keys, place);
  }

  private Node sequence(Node.Place place) {
    List<Node> items = new ArrayList<>();
    while (next(']')) {
      items.add(node());
    }
    return new Node.Sequence(items, place);
  }

  /** Steps over an opening or a comma; false after the closing. */
  private boolean next(char close) {
    at += text.charAt(at) == '{' || text.charAt(at) == '[' ? 1 : 0;
    space();
    at += text.charAt(at) == ',' ? 1 : 0;
    space();
    if (text.charAt(at) != close) {
      return true;
    }
    at++;
    space();
    return false;
  }

  private Node.Scalar scalar(Node.Place place) {
    if (text.charAt(at) == '"') {
      int end = text.indexOf('"', at + 1);
      String content = text.substring(at + 1, end);
      at = end + 1;
      space();
      return new Node.Scalar(content, true, place);
    }
    int from = at;
    while (at < text.length()
        && ",]}\n".indexOf(text.charAt(at)) < 0
        && !text.startsWith(": ", at)) {
      at++;
    }
    String content = text.substring(from, at).strip();
    space();
    return new Node.Scalar(content.equals("~") ? null : content, false, place);
  }

  private void expect(char c) {
    if (text.charAt(at) != c) {
      throw new IllegalArgumentException("no " + c + " at " + text.substring(at));
    }
    at++;
  }

  private void space() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      line += text.charAt(at) == '\n' ? 1 : 0;
      at++;
    }
  }
}
