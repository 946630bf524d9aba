package io.admix.engine.demo;

import java.util.List;

/** The datasets of the demo, each a folder whose sub-folders are the labels of its files. */
public enum DemoSet {
  /** Short texts on products, by what their writers thought. */
  REVIEWS(
      "demo-reviews",
      "TEXT",
      List.of(new Part("positive", 90), new Part("neutral", 45), new Part("negative", 45))),
  /** Small programs, by language. */
  CODE(
      "demo-code",
      "TEXT",
      List.of(new Part("python", 60), new Part("java", 40), new Part("sql", 20))),
  /** Small pictures, by what is on them. */
  SHAPES(
      "demo-shapes",
      "IMAGE",
      List.of(new Part("circle", 50), new Part("square", 30), new Part("triangle", 20)));

  private final String dataset;
  private final String type;
  private final List<Part> parts;

  DemoSet(String dataset, String type, List<Part> parts) {
    this.dataset = dataset;
    this.type = type;
    this.parts = parts;
  }

  /** Its files with one label. */
  record Part(String label, int files) {}

  /** Name under which it is registered. */
  public String dataset() {
    return dataset;
  }

  /** As datasets have it: TEXT or IMAGE. */
  public String type() {
    return type;
  }

  List<Part> parts() {
    return parts;
  }
}
