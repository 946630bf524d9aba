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
    String row = null;
    String real = null;
    if (text.take(",{")) {
      if (text.take("\"as\":")) {
        as = text.string();
        row = text.take(",\"row\":") ? text.string() : null;
        real = text.take(",\"real\":") ? text.string() : null;
      } else if (text.take("\"row\":")) {
        row = text.string();
        real = text.take(",\"real\":") ? text.string() : null;
      } else {
        text.expect("\"real\":");
        real = text.string();
      }
      text.expect("}");
    }
    text.expect("]\n");
    checkName(name);
    checkName(as);
    checkTarget(as);
    checkReal(real);
    return new PlanEntry(source, folder, name, targetFolder, as, size, seen, row, real);
  }

  private PlanEntry reserve(int source) throws InvalidPlanException {
    text.expect("[");
    String from = text.string();
    long size = size();
    Seen seen = seen();
    text.expect(",{\"to\":");
    String to = text.string();
    @Nullable String row = text.take(",\"row\":") ? text.string() : null;
    @Nullable String real = text.take(",\"real\":") ? text.string() : null;
    text.expect("}]\n");
    checkReal(real);
    checkPath(from);
    checkPath(to);
    checkTarget(to);
    return new PlanEntry(
        source, folderOf(from), nameOf(from), folderOf(to), nameOf(to), size, seen, row, real);
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
