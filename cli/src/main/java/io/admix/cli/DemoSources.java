package io.admix.cli;

import io.admix.catalog.Dataset;
import io.admix.engine.Admix;
import io.admix.engine.RefusedException;
import io.admix.engine.dataset.DatasetService;
import io.admix.engine.demo.DemoFiles;
import io.admix.engine.demo.DemoSet;
import io.admix.engine.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * The folders that the demo mixes.
 *
 * @param origin where they came from, for people
 * @param root holds one folder per dataset
 * @param total files of the mix
 */
record DemoSources(String origin, Path root, List<Part> parts, long total) {
  private static final long TOTAL_JDK = 4_000;
  private static final long TOTAL_MADE = 160;

  /** Packages of the JDK's source archive: module and folder, and its share of the mix. */
  private static final List<Part> JDK =
      List.of(
          new Part("jdk-base", "java.base/", "percent: 50", "exclude: [\"**/module-info.java\"]"),
          new Part("jdk-desktop", "java.desktop/", "weight: 4", "include: [\"java*/**/*.java\"]"),
          new Part("jdk-compiler", "jdk.compiler/", "weight: 1", ""),
          new Part(
              "jdk-xml",
              "java.xml/com/sun/org/apache/",
              "count: 600",
              "label: {name: folder, values: [xerces, xalan]}"));

  private static final List<Part> MADE =
      List.of(
          new Part(DemoSet.REVIEWS.dataset(), "", "percent: 50", ""),
          new Part(DemoSet.CODE.dataset(), "", "weight: 2", ""),
          new Part(DemoSet.SHAPES.dataset(), "", "weight: 1", ""));

  /**
   * One dataset: its name, where it is in the archive, its share and its filter as a recipe writes
   * them.
   */
  record Part(String dataset, String path, String share, String filter) {}

  /**
   * Unpacks what is not there yet. A folder appears whole: it is unpacked beside its place and
   * renamed.
   */
  static DemoSources prepare(Path folder, Settings settings, ProgressView view)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path archive = Path.of(System.getProperty("java.home"), "lib", "src.zip");
    if (Files.isReadable(archive)) {
      Path root =
          folder.resolve(
              "jdk-"
                  + Runtime.version().feature()
                  + "."
                  + Runtime.version().interim()
                  + "."
                  + Runtime.version().update());
      new DemoArchive(archive, root, view).unpack(JDK);
      return new DemoSources(
          "the JDK's own, from " + archive + ", unpacked to " + root, root, JDK, TOTAL_JDK);
    }
    // Where the service has them: one catalogue knows each of them once.
    Path root = DemoFiles.in(settings.server().dataRoot());
    for (DemoSet set : DemoSet.values()) {
      DemoFiles.make(set, root);
    }
    return new DemoSources(
        "made by Admix itself (this JDK has no lib/src.zip), in " + root, root, MADE, TOTAL_MADE);
  }

  /** Registers what is not registered yet. */
  void register(Admix admix, ProgressView view)
      throws IOException, InterruptedException, RefusedException {
    for (Part part : parts) {
      Path folder = folder(part);
      Optional<Dataset> known =
          admix.datasets().list().stream().filter(d -> d.name().equals(part.dataset())).findFirst();
      if (known.isPresent() && known.get().path().equals(folder.toString())) {
        continue;
      }
      if (known.isPresent()) {
        // An earlier JDK's sources: the name is the demo's own.
        admix
            .datasets()
            .remove(part.dataset(), DatasetService.Files.KEEP, DatasetService.Progress.SILENT);
      }
      admix
          .datasets()
          .add(
              new DatasetService.AddRequest(
                  part.dataset(),
                  folder,
                  null,
                  null,
                  DatasetService.FolderLabels.FIRST_FOLDER,
                  DatasetService.Checksums.NONE),
              DatasetProgress.on(view));
    }
  }

  String recipeText() {
    StringBuilder text =
        new StringBuilder(
            "name: demo-mix\nseed: 42\ntotal: " + total + "\ntarget: ./mixes/demo-mix\nsources:\n");
    for (Part part : parts) {
      text.append("  - dataset: ")
          .append(part.dataset())
          .append("\n    ")
          .append(part.share())
          .append('\n');
      if (!part.filter().isEmpty()) {
        text.append("    ").append(part.filter()).append('\n');
      }
    }
    return text.toString();
  }

  /** Writes the recipe, unless a person has changed it since. */
  Path writeRecipe(Path folder) throws IOException {
    Path recipe = folder.resolve("recipe.yaml");
    if (!Files.exists(recipe) || !Files.readString(recipe).equals(recipeText())) {
      if (Files.exists(recipe)) {
        Files.move(
            recipe, folder.resolve("recipe.changed.yaml"), StandardCopyOption.REPLACE_EXISTING);
      }
      Files.writeString(recipe, recipeText());
    }
    return recipe;
  }

  private Path folder(Part part) {
    return root.resolve(part.dataset());
  }
}
