package io.admix.cli;

import io.admix.core.recipe.InvalidRecipeException;
import io.admix.engine.RefusedException;
import io.admix.engine.recipe.RecipeDocument;
import io.admix.engine.recipe.RecipeReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads recipes and tells them from plans. */
final class Recipes {
  private static final byte[] PLAN_BEGINS = "{\"admixPlan\"".getBytes(StandardCharsets.UTF_8);

  private Recipes() {}

  static RecipeDocument read(CommandContext context, Path written)
      throws IOException, RefusedException, RecipeRefusedException {
    Path file = existing(context, written);
    try {
      return RecipeReader.read(file);
    } catch (InvalidRecipeException e) {
      throw RecipeProblems.shown(written, file, e);
    }
  }

  static boolean isPlan(CommandContext context, Path written) throws IOException, RefusedException {
    try (InputStream in = Files.newInputStream(existing(context, written))) {
      return java.util.Arrays.equals(in.readNBytes(PLAN_BEGINS.length), PLAN_BEGINS);
    }
  }

  static Path existing(CommandContext context, Path written) throws RefusedException {
    Path file = context.resolve(written);
    if (!Files.isRegularFile(file)) {
      throw new RefusedException(
          written
              + (Files.exists(file) ? " is no file." : " is not there.")
              + " A recipe is a YAML or JSON file; see: admix plan --help");
    }
    if (!Files.isReadable(file)) {
      throw new RefusedException(written + " cannot be read: mend its permissions.");
    }
    return file;
  }
}
