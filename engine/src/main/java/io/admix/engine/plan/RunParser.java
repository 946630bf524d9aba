package io.admix.engine.plan;

import io.admix.core.name.Printable;
import io.admix.core.name.SafeNames;
import io.admix.core.plan.PlanEntry;
import io.admix.core.plan.PlanEntry.Seen;
import io.admix.files.RealFiles;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the group and entry lines of one run. Names and paths that could leave their root are
 * refused here, whoever sealed the file. Used by one thread.
 */
final class RunParser {
  private final int sources;
  private final PlanText text = new PlanText();

  RunParser(int sources) {
    this.sources = sources;
  }

  List<PlanEntry> parse(PlanRun run, byte[] bytes, int from, int to) throws InvalidPlanException {
    text.over(bytes, from, to);
    List<PlanEntry> entries = new ArrayList<>(run.entries());
    if (run.isReserve()) {
      while (!text.isAtEnd()) {
        entries.add(reserve(run.reserveOf()));
      }
    } else {
      parseGroups(run, entries);
    }
    if (entries.size() != run.entries()) {
      throw new InvalidPlanException(
          "run "
              + run.number()
              + " has "
              + entries.size()
              + " entries instead of "
              + run.entries());
    }
    return entries;
  }

  private void parseGroups(PlanRun run, List<PlanEntry> entries) throws InvalidPlanException {
    checkTarget(run.targetFolder());
    while (!text.isAtEnd()) {
      text.expect("{\"source\":");
      int source = text.smallNumber();
      text.expect(",\"folder\":");
      String folder = text.string();
      text.expect("}\n");
      if (source >= sources) {
        throw new InvalidPlanException("there is no source " + source);
      }
      checkFolder(folder);
      if (!text.isNext("[")) {
        throw new InvalidPlanException("a group of run " + run.number() + " is empty");
      }
      while (text.isNext("[")) {
        entries.add(entry(source, folder, run.targetFolder()));
      }
    }
  }

  private PlanEntry entry(int source, String folder, String targetFolder)
      throws InvalidPlanException {
    text.expect("[");
    String name = text.string();
    long size = size();
    Seen seen = seen();
    String as = name;
    Extras extras = Extras.NONE;
    if (text.take(",{")) {
      boolean isRenamed = text.take("\"as\":");
      as = isRenamed ? text.string() : name;
      extras = extras(isRenamed);
      if (!isRenamed && extras.equals(Extras.NONE)) {
        text.expect("\"real\":");
      }
      text.expect("}");
    }
    text.expect("]\n");
    checkName(name);
    checkName(as);
    checkTarget(as);
    return made(source, folder, name, targetFolder, as, size, seen, extras);
  }

  /** What may stand at the end of a line, in this order. */
  private record Extras(@Nullable String row, @Nullable String real, @Nullable String etag) {
    static final Extras NONE = new Extras(null, null, null);
  }

  private Extras extras(boolean isAfterAnother) throws InvalidPlanException {
    @Nullable String row = extra("\"row\":", isAfterAnother);
    @Nullable String real = extra("\"real\":", isAfterAnother || row != null);
    @Nullable String etag = extra("\"etag\":", isAfterAnother || row != null || real != null);
    return new Extras(row, real, etag);
  }

  private @Nullable String extra(String key, boolean isAfterAnother) throws InvalidPlanException {
    return text.take(isAfterAnother ? "," + key : key) ? text.string() : null;
  }

  private PlanEntry made(
      int source,
      String folder,
      String name,
      String targetFolder,
      String as,
      long size,
      Seen seen,
      Extras extras)
      throws InvalidPlanException {
    checkReal(extras.real());
    checkObject(seen, extras);
    return new PlanEntry(
        source,
        folder,
        name,
        targetFolder,
        as,
        size,
        seen,
        extras.row(),
        extras.real(),
        extras.etag());
  }

  /** An entity tag stands where an object was seen, and nowhere else. */
  private static void checkObject(Seen seen, Extras extras) throws InvalidPlanException {
    boolean isObject = seen.inode() == Seen.OBJECT;
    if (isObject != (extras.etag() != null) || isObject && extras.real() != null) {
      throw new InvalidPlanException("an entry is neither of a file nor of an object");
    }
  }

  private PlanEntry reserve(int source) throws InvalidPlanException {
    text.expect("[");
    String from = text.string();
    long size = size();
    Seen seen = seen();
    text.expect(",{\"to\":");
    String to = text.string();
    Extras extras = extras(true);
    text.expect("}]\n");
    checkPath(from);
    checkPath(to);
    checkTarget(to);
    return made(source, folderOf(from), nameOf(from), folderOf(to), nameOf(to), size, seen, extras);
  }

  private long size() throws InvalidPlanException {
    text.expect(",");
    long size = text.number();
    text.expect(",");
    if (size < 0) {
      throw new InvalidPlanException("a size is below 0");
    }
    return size;
  }

  private Seen seen() throws InvalidPlanException {
    long inode = text.number();
    text.expect(",");
    if (inode == 0) {
      text.expect("null");
      return Seen.NOTHING;
    }
    return new Seen(inode, text.number());
  }

  static String folderOf(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  static String nameOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static void checkName(String name) throws InvalidPlanException {
    if (name.indexOf('/') >= 0 || !SafeNames.staysBelow(name)) {
      throw unsafe(name);
    }
  }

  private static void checkPath(String path) throws InvalidPlanException {
    if (!SafeNames.staysBelow(path)) {
      throw unsafe(path);
    }
  }

  /** Refuses a path that is not "" and not safe segments joined by {@code /}. */
  static void checkFolder(String path) throws InvalidPlanException {
    if (!path.isEmpty() && !SafeNames.staysBelow(path)) {
      throw unsafe(path);
    }
  }

  private static void checkReal(@Nullable String real) throws InvalidPlanException {
    if (real != null && !RealFiles.isWrittenSo(real)) {
      throw unsafe(real);
    }
  }

  /** Names below staging that Admix keeps for itself would be taken for half-made files. */
  private static void checkTarget(String path) throws InvalidPlanException {
    if (path.startsWith(SafeNames.RESERVED_PREFIX)
        || path.contains("/" + SafeNames.RESERVED_PREFIX)) {
      throw unsafe(path);
    }
  }

  private static InvalidPlanException unsafe(String path) {
    return new InvalidPlanException("the path '" + Printable.of(path) + "' is not safe");
  }
}
