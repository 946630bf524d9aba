package io.admix.engine.plan;

import io.admix.engine.plan.PartWorkers.PartToRead;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with parts that were read. */
final class PartProblems {
  private static final int SHOWN_MAX = 10;

  private PartProblems() {}

  /**
   * Parts must have the rows that they are said to have, in order, also from one to the next.
   *
   * @param parts in the order of their datasets' parts
   * @param seen by index of part
   * @throws PlanException with the problems, the first few of many
   */
  static void require(List<PartToRead> parts, @Nullable PartSeen[] seen) throws PlanException {
    List<String> problems = new ArrayList<>();
    PartToRead before = null;
    for (PartToRead part : parts) {
      PartSeen of = seen[part.index()];
      String problem = of == null ? "it was not read" : problem(part, of);
      if (problem == null && of != null && of.rows() > 0) {
        PartSeen last =
            before == null || !before.datasetId().equals(part.datasetId())
                ? null
                : seen[before.index()];
        if (last != null && PartReading.compare(last.last(), of.first()) >= 0) {
          problem =
              "its first row `%s` stands before the last of the part before it, or is of the same file"
                  .formatted(PartReading.text(of.first()));
        }
        before = part;
      }
      if (problem != null) {
        problems.add(words(part) + ": " + problem + "; export the catalogue again");
      }
    }
    require(problems);
  }

  static String words(PartToRead part) {
    return "part " + part.part().file();
  }

  private static @Nullable String problem(PartToRead part, PartSeen seen) {
    String found = seen.problem();
    if (found != null) {
      return found;
    }
    return seen.rows() == part.part().rows()
        ? null
        : "it has %d rows instead of %d".formatted(seen.rows(), part.part().rows());
  }

  /**
   * @throws PlanException when there are any, with the first few
   */
  static void require(List<String> problems) throws PlanException {
    if (!problems.isEmpty()) {
      List<String> lines =
          new ArrayList<>(problems.subList(0, Math.min(SHOWN_MAX, problems.size())));
      if (problems.size() > SHOWN_MAX) {
        lines.add("… and " + (problems.size() - SHOWN_MAX) + " more");
      }
      lines.add("the plan was not made");
      throw new PlanException(lines);
    }
  }
}
