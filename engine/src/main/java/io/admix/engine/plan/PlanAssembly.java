package io.admix.engine.plan;

import io.admix.core.name.ObjectAddress;
import io.admix.core.name.Printable;
import io.admix.core.name.SafeNames;
import io.admix.core.name.Utf8;
import io.admix.core.plan.PlanEntry;
import io.admix.core.recipe.Layout;
import io.admix.engine.place.Place;
import io.admix.engine.sort.RecordCursor;
import io.admix.files.object.PartLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the chosen files, in order, as entries: names that clash are numbered, files of datasets
 * are looked at.
 */
final class PlanAssembly {
  private static final int SHOWN_MAX = 5;

  /** Longer paths cannot be opened (PATH_MAX). */
  private static final int SOURCE_BYTES_MAX = 4096;

  private final Layout layout;
  private final Chosen chosen;
  private final List<PlanSourceInfo> sources;
  private final Lookers lookers;
  private final Progress progress;
  private final Target where;
  private final String target;
  private final List<SourceLinks> links;
  private final ObjectRequests requests;
  private final Selection.Fields fields = new Selection.Fields();
  private final List<String> badPaths = new ArrayList<>();
  private long bad;
  private long place;
  private long folders;
  private String lastFolder = "";
  private @Nullable String firstUnseen;
  private @Nullable FoldedNames folded;

  /**
   * Where the mix will be.
   *
   * @param foldsCase whether names that differ in case are one there
   * @param limits from which size objects are made in parts
   */
  record Target(Place place, boolean foldsCase, PartLimits limits) {}

  PlanAssembly(
      Layout layout,
      Chosen chosen,
      List<PlanSourceInfo> sources,
      Lookers lookers,
      Target where,
      Progress progress) {
    this.layout = layout;
    this.chosen = chosen;
    this.sources = sources;
    this.lookers = lookers;
    this.where = where;
    this.target = withSlash(where.place().toString());
    this.links = SourceLinks.of(sources);
    this.requests = new ObjectRequests(sources, where.place(), where.limits());
    this.progress = progress;
  }

  /**
   * Writes all entries.
   *
   * @throws PlanException when target names or paths are too long, or are one name where the target
   *     folds case: how many, and the first few
   */
  void write(PlanWriter writer, Path scratch, int memoryBytes) throws IOException, PlanException {
    if (where.foldsCase()) {
      try (FoldedNames names = new FoldedNames(scratch)) {
        folded = names;
        writeAll(writer, scratch, memoryBytes);
        names.requireApart(where.place().folder());
      }
    } else {
      writeAll(writer, scratch, memoryBytes);
    }
  }

  private void writeAll(PlanWriter writer, Path scratch, int memoryBytes)
      throws IOException, PlanException {
    if (layout == Layout.BY_SOURCE) {
      write(writer, new Renames(null));
    } else {
      try (TargetNames names = new TargetNames(scratch, memoryBytes)) {
        collectNames(names);
        try (RecordCursor cursor = names.assign()) {
          write(writer, new Renames(cursor));
        }
      }
    }
    if (bad > 0) {
      throw tooLong();
    }
  }

  private void collectNames(TargetNames names) throws IOException {
    progress.step("naming");
    place = 0;
    try (RecordCursor cursor = chosen.mains()) {
      while (cursor.advance()) {
        progress.count();
        fields.readMain(cursor.array(), cursor.offset(), cursor.length());
        names.add(fields.target, fields.name, place++);
      }
    }
    try (RecordCursor cursor = chosen.reserves()) {
      while (cursor.advance()) {
        readReserve(cursor);
        names.addReserve(fields.target, fields.name, place++);
      }
    }
  }

  private void readReserve(RecordCursor cursor) {
    fields.readReserve(cursor.array(), cursor.offset(), cursor.length());
    fields.target =
        Selection.targetFolder(
            layout, sources.get(fields.source).name(), fields.folder, fields.rank);
  }

  private void write(PlanWriter writer, Renames renames) throws IOException {
    progress.step("sealing");
    place = 0;
    writeMains(writer, renames);
    try (RecordCursor cursor = chosen.reserves()) {
      while (cursor.advance()) {
        readReserve(cursor);
        PlanEntry entry = lookers.look(named(renames)).entry();
        if (isShortEnough(entry)) {
          writer.addReserve(entry);
        }
      }
    }
  }

  /** This thread reads what was chosen; others look at the files, and one writes the entries. */
  private void writeMains(PlanWriter writer, Renames renames) throws IOException {
    try (Lookers.Pass pass = lookers.pass(looked -> writeMain(writer, looked));
        RecordCursor cursor = chosen.mains()) {
      while (cursor.advance()) {
        progress.count();
        fields.readMain(cursor.array(), cursor.offset(), cursor.length());
        pass.add(named(renames));
      }
      pass.finish();
    }
  }

  private void writeMain(PlanWriter writer, Looker.Looked looked) throws IOException {
    PlanEntry entry = looked.entry();
    if (firstUnseen == null && !entry.seen().isThere()) {
      firstUnseen =
          "source `"
              + sources.get(entry.source()).name()
              + "`: "
              + Printable.of(entry.sourcePath());
    }
    count(looked);
    if (isShortEnough(entry)) {
      writer.add(entry);
    }
  }

  private void count(Looker.Looked looked) throws IOException {
    PlanEntry entry = looked.entry();
    links.get(entry.source()).add(entry, looked.verdict());
    requests.add(entry);
    if (!entry.targetFolder().equals(lastFolder)) {
      lastFolder = entry.targetFolder();
      folders++;
    }
    if (folded != null) {
      folded.add(entry);
    }
  }

  /** The chosen files of each source, in recipe order. */
  List<SourceLinks> links() {
    return links;
  }

  /** What placing the chosen files will ask of a store. */
  ObjectRequests requests() {
    return requests;
  }

  /** Folders that hold files, and the final one; those between are not counted. */
  long folders() {
    return folders + 1;
  }

  private Looker.Chosen named(Renames renames) throws IOException {
    return new Looker.Chosen(
        fields.source,
        fields.folder,
        fields.name,
        fields.target,
        renames.name(place++, fields.name),
        fields.size,
        fields.modifiedNs,
        fields.inode,
        fields.verdict,
        fields.row,
        fields.look);
  }

  private boolean isShortEnough(PlanEntry entry) {
    String problem = problem(entry);
    if (problem == null) {
      return true;
    }
    bad++;
    if (badPaths.size() < SHOWN_MAX) {
      badPaths.add("  " + Printable.of(entry.targetPath()) + ": " + problem);
    }
    return false;
  }

  private @Nullable String problem(PlanEntry entry) {
    String name = entry.targetName();
    if (name.length() * 3 > SafeNames.SEGMENT_BYTES_MAX
        && Utf8.length(name) > SafeNames.SEGMENT_BYTES_MAX) {
      return "its name has "
          + Utf8.length(name)
          + " bytes, more than "
          + SafeNames.SEGMENT_BYTES_MAX;
    }
    if (where.place().isObjects()) {
      int bytes = Utf8.length(where.place().objects().prefix()) + Utf8.length(entry.targetPath());
      if (bytes > ObjectAddress.KEY_BYTES_MAX) {
        return "its key has " + bytes + " bytes, more than " + ObjectAddress.KEY_BYTES_MAX;
      }
    }
    int most = target.length() + entry.targetFolder().length() + name.length() + 1;
    if (most > SafeNames.PATH_CHARACTERS_MAX) {
      String path = target + entry.targetPath();
      int characters = path.codePointCount(0, path.length());
      if (characters > SafeNames.PATH_CHARACTERS_MAX) {
        return "its path below "
            + where.place()
            + " makes "
            + characters
            + " characters in all, more than "
            + SafeNames.PATH_CHARACTERS_MAX;
      }
    }
    String folder = entry.sourceFolder();
    if ((folder.length() + entry.sourceName().length()) * 3 > SOURCE_BYTES_MAX
        && Utf8.length(entry.sourcePath()) > SOURCE_BYTES_MAX) {
      return "its source path has "
          + Utf8.length(entry.sourcePath())
          + " bytes, more than "
          + SOURCE_BYTES_MAX;
    }
    return null;
  }

  private static String withSlash(String place) {
    return place.endsWith("/") ? place : place + "/";
  }

  private PlanException tooLong() {
    List<String> lines = new ArrayList<>();
    lines.add(
        bad
            + (bad == 1
                ? " file gets a name or path that is too long"
                : " files get names or paths that are too long")
            + "; shorten them, or exclude them, or choose a target nearer to the root:");
    lines.addAll(badPaths);
    if (bad > badPaths.size()) {
      lines.add("  … and " + (bad - badPaths.size()) + " more");
    }
    return new PlanException(lines);
  }

  void warn(PlanWriter writer, Warnings warnings) {
    warnings.addIf(
        writer.unseen(),
        "%d chosen {file was|files were} not there, or no regular {file|files}, when the plan was made; the first is %s",
        writer.unseen(),
        String.valueOf(firstUnseen));
    warnings.addIf(
        lookers.sum(EntryStats::followedLinks),
        "%d chosen {file is a symbolic link; the file that it leads to is placed|files are symbolic links; the files that they lead to are placed}",
        lookers.sum(EntryStats::followedLinks));
    warnings.addIf(
        lookers.sum(EntryStats::refusedLinks),
        "%d chosen {file is a symbolic link, which is|files are symbolic links, which are} not followed: {it leads|they lead} to no regular file, or out of what may be read; register the folder that {it leads|they lead} to",
        lookers.sum(EntryStats::refusedLinks));
    warnings.addIf(
        changedSizes(),
        "%d chosen {file has|files have} another size than {its|their} dataset says; the plan holds the present one: rescan with `admix dataset rescan`",
        changedSizes());
    long archived = lookers.sumOfObjects(ObjectLooks::archived);
    warnings.addIf(
        archived,
        "%d chosen {object is|objects are} archived (GLACIER, DEEP_ARCHIVE) and cannot be read before {it is|they are} restored: restore {it|them}, or exclude {it|them}; until then {it fails|they fail}",
        archived);
  }

  private long changedSizes() {
    return lookers.sum(EntryStats::changedSizes) + lookers.sumOfObjects(ObjectLooks::changedSizes);
  }

  /** New names beside the entries, both in order of place. */
  private static final class Renames {
    private final @Nullable RecordCursor cursor;
    private boolean isThere;

    Renames(@Nullable RecordCursor cursor) throws IOException {
      this.cursor = cursor;
      this.isThere = cursor != null && cursor.advance();
    }

    String name(long place, String own) throws IOException {
      if (cursor == null || !isThere || TargetNames.place(cursor) != place) {
        return own;
      }
      String name = TargetNames.name(cursor);
      isThere = cursor.advance();
      return name;
    }
  }
}
