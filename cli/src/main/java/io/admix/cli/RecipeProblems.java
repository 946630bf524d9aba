package io.admix.cli;

import io.admix.core.recipe.InvalidRecipeException;
import io.admix.core.recipe.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Shows each problem of a recipe with its line, the key underlined. */
final class RecipeProblems {
  private static final int WIDTH_MAX = 160;

  private RecipeProblems() {}

  /**
   * @param recipe as written, for people
   * @param file where it is
   */
  static RecipeRefusedException shown(Path recipe, Path file, InvalidRecipeException failure) {
    List<String> source = lines(file);
    List<String> shown = new ArrayList<>();
    for (Problem problem : failure.problems()) {
      String place = recipe + (problem.line() > 0 ? ":" + problem.line() : "");
      String message =
          place
              + ": "
              + (problem.path().isEmpty() ? "" : problem.path() + ": ")
              + problem.message();
      shown.add(message + excerpt(source, problem));
    }
    return new RecipeRefusedException(shown);
  }

  private static String excerpt(List<String> source, Problem problem) {
    if (problem.line() < 1 || problem.line() > source.size()) {
      return "";
    }
    String line = source.get(problem.line() - 1);
    String key =
        problem.path().substring(problem.path().lastIndexOf('.') + 1).replaceAll("\\[\\d+]$", "");
    int at = key.isEmpty() ? -1 : line.indexOf(key);
    int from = at >= 0 ? at : line.length() - line.stripLeading().length();
    int length = at >= 0 ? key.length() : Math.max(1, line.strip().length());
    int cut = from + length > WIDTH_MAX ? Math.max(0, from - WIDTH_MAX / 4) : 0;
    String gutter = "%6d | ".formatted(problem.line());
    return "\n"
        + gutter
        + plain(line.substring(cut, Math.min(line.length(), cut + WIDTH_MAX)))
        + "\n"
        + " ".repeat(gutter.length() - 2)
        + "| "
        + " ".repeat(from - cut)
        + "^".repeat(Math.clamp(WIDTH_MAX - (from - cut), 1, length));
  }

  /** A recipe of a stranger must not move the cursor. */
  private static String plain(String line) {
    StringBuilder plain = new StringBuilder(line.length());
    line.chars().forEach(c -> plain.append(isShown(c) ? (char) c : '?'));
    return plain.toString();
  }

  private static boolean isShown(int c) {
    return !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT;
  }

  private static List<String> lines(Path recipe) {
    try {
      return Files.readString(recipe).replace("\t", " ").lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
