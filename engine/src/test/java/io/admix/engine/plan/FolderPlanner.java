package io.admix.engine.plan;

import io.admix.core.plan.PlanEntry;
import io.admix.core.plan.PlanEntry.Seen;
import io.admix.core.plan.PlanOrder;
import io.admix.core.recipe.Layout;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.OnError;
import io.admix.core.recipe.Origin;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.Share;
import io.admix.core.recipe.SourceSpec;
import io.admix.engine.place.LazyStore;
import io.admix.engine.place.Place;
import io.admix.engine.plan.PlanHead.HeadSource;
import io.admix.engine.plan.PlanHeader.PlanSource;
import io.admix.engine.recipe.RecipeJson;
import io.admix.engine.report.MethodCount;
import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The simplest planner there is, so that tests of the runner choose exactly which files are
 * planned: of each folder the first files by path up to the count, the others are reserves under
 * {@code on-error: replace}.
 */
public final class FolderPlanner {
  private final @Nullable LazyStore objects;
  private int plans;

  public FolderPlanner() {
    this(null);
  }

  /** One that plans places of objects too. */
  public FolderPlanner(@Nullable LazyStore objects) {
    this.objects = objects;
  }

  /** Plans made so far. */
  public int plans() {
    return plans;
  }

  public PlanSummary plan(PlanRequest request, Path scratch, Path file, PlanProgress progress)
      throws IOException, InfeasibleException {
    plans++;
    Recipe recipe = request.recipe();
    List<PlanEntry> main = new ArrayList<>();
    List<PlanEntry> reserves = new ArrayList<>();
    List<HeadSource> sources = new ArrayList<>();
    for (int i = 0; i < recipe.sources().size(); i++) {
      SourceSpec source = recipe.sources().get(i);
      Place root = Place.parse(((Origin.Folder) source.origin()).path());
      long count = ((Share.Count) source.share()).files();
      List<PlanEntry> files =
          root.isObjects()
              ? objects(i, source, root.objects(), recipe.layout())
              : files(i, source, root.folder(), recipe.layout());
      if (files.size() < count) {
        throw new InfeasibleException(source.name() + " has " + files.size(), List.of());
      }
      for (int f = 0; f < files.size(); f++) {
        PlanEntry entry = files.get(f);
        if (f < count) {
          main.add(entry);
        } else if (recipe.onError() == OnError.REPLACE) {
          reserves.add(entry);
        }
      }
      sources.add(
          new HeadSource(
              new PlanSource(source.name(), root.toString(), null, null), count, files.size()));
      progress.at("reading " + source.name(), files.size());
    }
    main.sort(PlanOrder.CANONICAL);
    PlanHead head =
        new PlanHead(
            recipe,
            RecipeJson.write(recipe),
            request.folder().toString(),
            request.target().toString(),
            request.zone().getId(),
            main.size(),
            null,
            sources);
    SequencedMap<LinkMethod, MethodCount> methods = new LinkedHashMap<>();
    methods.put(recipe.link().getFirst(), new MethodCount(main.size(), 0));
    try (PlanWriter writer = new PlanWriter(file, head)) {
      for (PlanEntry entry : main) {
        writer.add(entry);
      }
      for (PlanEntry entry : reserves) {
        writer.addReserve(entry);
      }
      return writer.seal(methods, new Warnings());
    }
  }

  private static List<PlanEntry> files(int index, SourceSpec source, Path root, Layout layout)
      throws IOException {
    List<PlanEntry> entries = new ArrayList<>();
    for (Path file : files(root)) {
      boolean isRegular = Files.isRegularFile(file);
      Seen seen = isRegular ? new Seen(inode(file), modifiedNs(file)) : Seen.NOTHING;
      String relative = root.relativize(file).toString();
      long size = isRegular ? Files.size(file) : 0;
      entries.add(entry(index, source, relative, size, seen, null, layout));
    }
    return entries;
  }

  private List<PlanEntry> objects(int index, SourceSpec source, ObjectPlace place, Layout layout)
      throws IOException {
    List<PlanEntry> entries = new ArrayList<>();
    new ObjectScan(Objects.requireNonNull(objects).open())
        .scan(
            place,
            null,
            (path, stat) ->
                entries.add(
                    entry(
                        index,
                        source,
                        path,
                        stat.size(),
                        Seen.ofObject(stat.modifiedMs() * 1_000_000),
                        stat.etag(),
                        layout)));
    return entries;
  }

  private static PlanEntry entry(
      int index,
      SourceSpec source,
      String relative,
      long size,
      Seen seen,
      @Nullable String etag,
      Layout layout) {
    int slash = relative.lastIndexOf('/');
    String folder = slash < 0 ? "" : relative.substring(0, slash);
    String name = relative.substring(slash + 1);
    String target =
        switch (layout) {
          case FLAT -> "";
          case BY_SOURCE -> folder.isEmpty() ? source.name() : source.name() + "/" + folder;
          case SHARDED -> "%02x".formatted(name.hashCode() & 0xFF);
        };
    return new PlanEntry(
        index,
        folder,
        name,
        target,
        layout == Layout.FLAT ? relative.replace('/', '-') : name,
        size,
        seen,
        null,
        null,
        etag);
  }

  private static long inode(Path file) throws IOException {
    return ((Number) Files.getAttribute(file, "unix:ino")).longValue();
  }

  private static long modifiedNs(Path file) throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    return time.to(TimeUnit.NANOSECONDS);
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(path -> !Files.isDirectory(path)).sorted().toList();
    }
  }
}
