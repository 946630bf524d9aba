package io.admix.cli;

import io.admix.core.recipe.InvalidRecipeException;
import io.admix.engine.RefusedException;
import io.admix.engine.recipe.RecipeDocument;
import io.admix.engine.recipe.RecipeReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads recipes and tells them from plans. */
final class Recipes {
  private static final byte[] PLAN_BEGINS = "{\"admixPlan\"".getBytes(StandardCharsets.UTF_8);

  private static final String PLAN_ENDS = ",\"fileSha256\":\"";
  private static final int PLAN_ENDS_WITHIN = 128;

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

  /**
   * Whether it is a plan, by its first or its last line: one whose first is damaged is no recipe.
   */
  static boolean isPlan(CommandContext context, Path written) throws IOException, RefusedException {
    try (RandomAccessFile file = new RandomAccessFile(existing(context, written).toFile(), "r")) {
      byte[] start = new byte[(int) Math.min(PLAN_BEGINS.length, file.length())];
      file.readFully(start);
      byte[] end = new byte[(int) Math.min(PLAN_ENDS_WITHIN, file.length())];
      file.seek(file.length() - end.length);
      file.readFully(end);
      return Arrays.equals(start, PLAN_BEGINS)
          || new String(end, StandardCharsets.ISO_8859_1).contains(PLAN_ENDS);
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
