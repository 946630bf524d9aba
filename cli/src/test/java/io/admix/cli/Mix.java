package io.admix.cli;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.recipe.RecipeDocument;
import io.admix.engine.recipe.RecipeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A mix of every file of some folders, by one method: what must be published is known without
 * Admix.
 *
 * @param folder where the recipe lies
 * @param target absolute
 * @param sources folders, each one a source of its own name
 */
record Mix(String name, Path folder, Path target, LinkMethod method, List<Path> sources) {

  /** Writes the recipe {@code <name>.yaml} for all files of the sources. */
  static Mix of(String name, Path folder, Path target, LinkMethod method, Path... sources)
      throws IOException {
    return of(name, folder, target, List.of(method), method, sources);
  }

  /**
   * Writes a recipe that allows several methods.
   *
   * @param method the one that is expected to be used
   */
  static Mix of(
      String name,
      Path folder,
      Path target,
      List<LinkMethod> allowed,
      LinkMethod method,
      Path... sources)
      throws IOException {
    Mix mix = new Mix(name, folder, target.toAbsolutePath(), method, List.of(sources));
    List<String> lines = new ArrayList<>();
    lines.add("name: " + name);
    lines.add("seed: 1");
    lines.add("target: " + mix.target);
    lines.add("link: " + allowed.stream().map(LinkMethod::word).toList());
    lines.add("sources:");
    for (Path source : sources) {
      lines.add("  - path: " + source.toAbsolutePath());
      lines.add("    count: " + SourceFacts.of(source).files().size());
    }
    Files.write(mix.recipe(), lines);
    return mix;
  }

  Path recipe() {
    return folder.resolve(name + ".yaml");
  }

  RecipeDocument document() throws IOException {
    return RecipeReader.read(recipe());
  }
}
