package io.admix.engine.demo;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Texts of the demo, put together of a few words. */
final class DemoTexts {
  private static final List<String> PRODUCTS =
      List.of(
          "kettle",
          "desk lamp",
          "rain jacket",
          "notebook",
          "bicycle bell",
          "tent",
          "headphones",
          "coffee grinder",
          "wall clock",
          "backpack",
          "chess set",
          "umbrella");
  private static final List<String> POSITIVE =
      List.of(
          "It works better than I had hoped.",
          "The finish is lovely and nothing rattles.",
          "My neighbours have asked where I got it.",
          "After three months of daily use it looks new.",
          "Setting it up took two minutes.",
          "I would buy it again without a second thought.",
          "It is quiet, light and well made.");
  private static final List<String> NEUTRAL =
      List.of(
          "It does what the box says, no more.",
          "The colour is a little darker than on the picture.",
          "The manual comes in eleven languages.",
          "I use it about once a week.",
          "It arrived on the day that was promised.",
          "There are better ones, and dearer ones.");
  private static final List<String> NEGATIVE =
      List.of(
          "It broke on the second day.",
          "The lid does not close, and never did.",
          "I sent it back and am still waiting.",
          "It smells of glue, even after a week outside.",
          "Two screws were missing.",
          "The battery lasts for one hour at most.");
  private static final List<String> THINGS =
      List.of("orders", "stations", "readings", "books", "routes", "players", "invoices", "seeds");
  private static final List<String> COLUMNS =
      List.of("weight", "price", "height", "score", "distance", "amount", "duration");

  private DemoTexts() {}

  static String review(String label, Random random) {
    List<String> sentences =
        switch (label) {
          case "positive" -> POSITIVE;
          case "neutral" -> NEUTRAL;
          default -> NEGATIVE;
        };
    StringBuilder text =
        new StringBuilder("About the ").append(one(PRODUCTS, random)).append("\n\n");
    int paragraphs = 1 + (int) Math.abs(random.nextGaussian() * 2);
    for (int i = 0; i < paragraphs; i++) {
      for (int j = 0; j < 2 + random.nextInt(4); j++) {
        text.append(one(sentences, random)).append(' ');
      }
      text.append('\n');
    }
    return text.toString();
  }

  static String program(String language, Random random) {
    StringBuilder text = new StringBuilder();
    int functions = 1 + (int) Math.abs(random.nextGaussian() * 4);
    for (int i = 0; i < functions; i++) {
      text.append(function(language, one(THINGS, random), one(COLUMNS, random), random));
    }
    return language.equals("java") ? "final class Totals {\n" + text + "}\n" : text.toString();
  }

  private static String function(String language, String things, String column, Random random) {
    int limit = 10 * (1 + random.nextInt(50));
    String template =
        switch (language) {
          case "python" ->
              """
              def total_%2$s(%1$s):
                  \"""Sum of the %2$s of all %1$s above %3$d.\"""
                  return sum(each.%2$s for each in %1$s if each.%2$s > %3$d)


              """;
          case "java" ->
              """
                /** Sum of the %2$s of all %1$s above %3$d. */
                static long %2$sOf%4$s(List<Item> %1$s) {
                  return %1$s.stream().mapToLong(Item::%2$s).filter(each -> each > %3$d).sum();
                }

              """;
          default ->
              """
              -- The %2$s of all %1$s above %3$d, by month
              SELECT date_trunc('month', made_at) AS month, SUM(%2$s) AS total_%2$s
              FROM %1$s
              WHERE %2$s > %3$d
              GROUP BY month
              ORDER BY month;

              """;
        };
    return template.formatted(things, column, limit, capital(things));
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static String one(List<String> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }
}
