package io.admix.engine.recipe;

import io.admix.core.recipe.InvalidRecipeException;
import io.admix.core.recipe.Node;
import io.admix.core.recipe.Problem;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.RecipeDraft;
import io.admix.core.recipe.RecipeValidator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads recipes: YAML 1.2, or JSON, which comes through the same door. A document is one mapping of
 * at most 1 MB, without anchors, aliases and tags: what a person cannot see at the place where it
 * stands is not read.
 */
public final class RecipeReader {
  /** Largest recipe in bytes. */
  static final int BYTES_MAX = 1 << 20;

  /** Deepest nesting: a recipe needs five levels. */
  static final int DEPTH_MAX = 32;

  private static final Comparator<Problem> IN_ORDER =
      Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

  private RecipeReader() {}

  /**
   * Reads a recipe from a file; its relative paths are meant against the file's folder.
   *
   * @throws InvalidRecipeException with every problem that was found; also when the file is not
   *     there, is no regular file, is too large or no UTF-8
   * @throws IOException when reading fails half way
   */
  public static RecipeDocument read(Path file) throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    if (folder == null || Files.isDirectory(absolute)) {
      throw invalid("recipe " + file + " is a folder, not a file");
    }
    return read(decode(bytes(file), file.toString()), folder);
  }

  /**
   * Reads a recipe from text.
   *
   * @param folder absolute folder against which relative paths are meant
   * @throws InvalidRecipeException with every problem that was found
   */
  public static RecipeDocument read(String text, Path folder) {
    List<Problem> problems = new ArrayList<>();
    Node document = document(text, problems);
    return new RecipeDocument(validate(document, problems), folder);
  }

  /**
   * Reads a recipe that was sent to a service, which decides itself where a mix is made and has no
   * folder against which a relative path could be meant.
   *
   * @throws InvalidRecipeException with every problem that was found; a target and a relative path
   *     are problems here
   */
  public static Recipe readSent(String text) {
    List<Problem> problems = new ArrayList<>();
    Node document = document(text, problems);
    SentRecipes.check(document, problems);
    return validate(document, problems);
  }

  /**
   * Reads a document that is being written for a service, and may be unfinished: what is good
   * already, and everything that {@link #readSent} would refuse.
   */
  public static RecipeDraft draftSent(Node document) {
    List<Problem> problems = new ArrayList<>();
    SentRecipes.check(document, problems);
    RecipeDraft draft = RecipeValidator.draft(document);
    problems.addAll(draft.problems());
    problems.sort(IN_ORDER);
    return new RecipeDraft(draft.asked(), draft.sources(), problems);
  }

  /**
   * Reads YAML or JSON as it was sent, whatever it says.
   *
   * @throws InvalidRecipeException when it is no YAML or JSON, has a key twice, or is no mapping
   */
  public static Node.Mapping document(String text) {
    List<Problem> problems = new ArrayList<>();
    Node document = document(text, problems);
    if (!problems.isEmpty()) {
      throw new InvalidRecipeException(problems);
    }
    if (document instanceof Node.Mapping mapping) {
      return mapping;
    }
    throw new InvalidRecipeException(RecipeValidator.draft(document).problems());
  }

  private static Node document(String text, List<Problem> problems) {
    if (text.length() > BYTES_MAX) {
      throw tooLarge("the recipe");
    }
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return isJson(plain)
        ? new JsonNodes(problems).read(plain)
        : new YamlNodes(problems).read(plain);
  }

  /** What the reader found and what the validator finds are shown together. */
  private static Recipe validate(Node document, List<Problem> problems) {
    try {
      Recipe recipe = RecipeValidator.validate(document);
      if (problems.isEmpty()) {
        return recipe;
      }
    } catch (InvalidRecipeException e) {
      problems.addAll(e.problems());
    }
    problems.sort(IN_ORDER);
    throw new InvalidRecipeException(problems);
  }

  /** A mapping whose first key is quoted is JSON; YAML in braces usually is not. */
  private static boolean isJson(String text) {
    String start = text.stripLeading();
    if (!start.startsWith("{")) {
      return false;
    }
    String inside = start.substring(1).stripLeading();
    return inside.startsWith("\"") || inside.startsWith("}");
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw tooLarge("recipe " + file);
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw invalid("recipe " + file + " is not there");
    } catch (java.nio.file.AccessDeniedException e) {
      throw invalid("recipe " + file + " may not be read: check its mode and owner");
    }
  }

  private static String decode(byte[] bytes, String name) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw invalid("recipe " + name + " is no UTF-8 text: save it as UTF-8");
    }
  }

  private static InvalidRecipeException tooLarge(String what) {
    return invalid(what + " is larger than " + (BYTES_MAX >> 20) + " MB: no recipe is");
  }

  private static InvalidRecipeException invalid(String message) {
    return new InvalidRecipeException(List.of(new Problem(0, "", message)));
  }
}
