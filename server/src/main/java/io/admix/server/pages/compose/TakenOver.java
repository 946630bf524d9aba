package io.admix.server.pages.compose;

import io.admix.core.recipe.Node;
import io.admix.core.recipe.Problem;
import io.admix.core.recipe.RecipeDraft;
import io.admix.core.recipe.RecipeWriter;
import io.admix.engine.RefusedException;
import io.admix.engine.recipe.RecipeReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A form that stands for a document, and what of the document it does not hold.
 *
 * @param left what the form would say otherwise than the document, may be empty
 */
public record TakenOver(ComposeForm form, List<Problem> left) {
  private static final String ADVICE =
      " Run the recipe as it is by the command line or by REST; the form is as it was.";

  public TakenOver {
    left = List.copyOf(left);
  }

  /** A form that nothing was lost on the way to. */
  static TakenOver of(ComposeForm form) {
    return new TakenOver(form, List.of());
  }

  /**
   * The form of a document, finished or not.
   *
   * @throws RefusedException when it has more sources than a form holds
   */
  static TakenOver of(Node.Mapping document) throws RefusedException {
    if (document.entries().get("sources") instanceof Node.Sequence sources) {
      requireRoom(sources.items().size());
    }
    ComposeForm form = DocumentForm.of(document);
    return new TakenOver(form, left(document, FormDocument.of(form)));
  }

  /**
   * Refuses what a form has no rows for.
   *
   * @throws RefusedException when there are more sources than rows
   */
  static void requireRoom(int sources) throws RefusedException {
    if (sources > ComposeForm.ROWS_MOST) {
      throw new RefusedException(
          "There are %d sources; this form shows at most %d. Nothing was left out.%s"
              .formatted(sources, ComposeForm.ROWS_MOST, ADVICE));
    }
  }

  /**
   * The form, when it says all that the document says.
   *
   * @throws RefusedException when it does not
   */
  ComposeForm whole() throws RefusedException {
    if (!left.isEmpty()) {
      throw new RefusedException(
          left.stream().map(p -> "`" + p.path() + "`").collect(Collectors.joining(", "))
              + " cannot stand in this form as written."
              + ADVICE);
    }
    return form;
  }

  /** What the reader says of the one and not of the other; both are read by the same rules. */
  private static List<Problem> left(Node.Mapping document, Node.Mapping held) {
    RecipeDraft said = RecipeReader.draftSent(document);
    RecipeDraft says = RecipeReader.draftSent(held);
    Set<List<String>> known =
        says.problems().stream()
            .map(p -> List.of(p.path(), p.message()))
            .collect(Collectors.toSet());
    List<Problem> gone =
        said.problems().stream()
            .filter(p -> !known.contains(List.of(p.path(), p.message())))
            .toList();
    String path = gone.isEmpty() ? difference(said, says) : null;
    return path == null
        ? gone
        : List.of(new Problem(0, path, "this form cannot hold it as written"));
  }

  private static @Nullable String difference(RecipeDraft said, RecipeDraft says) {
    if (said.asked() != null && says.asked() != null) {
      return difference("", RecipeWriter.write(said.asked()), RecipeWriter.write(says.asked()));
    }
    for (int i = 0; i < said.sources().size(); i++) {
      if (i >= says.sources().size() || !said.sources().get(i).equals(says.sources().get(i))) {
        return "sources[" + i + "]";
      }
    }
    return null;
  }

  /** Where two normal forms begin to differ, or null. */
  private static @Nullable String difference(String at, @Nullable Node one, @Nullable Node other) {
    if (one instanceof Node.Mapping a && other instanceof Node.Mapping b) {
      Set<String> keys = new LinkedHashSet<>(a.entries().keySet());
      keys.addAll(b.entries().keySet());
      for (String key : keys) {
        String path =
            difference(
                at.isEmpty() ? key : at + "." + key, a.entries().get(key), b.entries().get(key));
        if (path != null) {
          return path;
        }
      }
      return null;
    }
    if (one instanceof Node.Sequence a
        && other instanceof Node.Sequence b
        && a.items().size() == b.items().size()) {
      for (int i = 0; i < a.items().size(); i++) {
        String path = difference(at + "[" + i + "]", a.items().get(i), b.items().get(i));
        if (path != null) {
          return path;
        }
      }
      return null;
    }
    return java.util.Objects.equals(one, other) ? null : at;
  }
}
