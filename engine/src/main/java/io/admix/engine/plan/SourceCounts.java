package io.admix.engine.plan;

import io.admix.catalog.Dataset;
import io.admix.catalog.Matching;
import io.admix.core.recipe.Filter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What matches the sources of one recipe now, and each two of them on one dataset. */
final class SourceCounts {
  /** Different filters on one dataset that are counted together; more are not counted. */
  static final int FILTERS_MOST = 64;

  private final Map<Integer, Part> parts = new LinkedHashMap<>();

  /** A source's place in what was counted on its dataset. */
  private record Part(String datasetId, FilterTally.Counted counted, int place) {}

  /** One source on a dataset. */
  record Asked(int source, Dataset dataset, Filter filter) {}

  private SourceCounts() {}

  static SourceCounts of(DatasetCounts datasets, List<Asked> all) {
    SourceCounts counts = new SourceCounts();
    Map<String, List<Asked>> byDataset = new LinkedHashMap<>();
    for (Asked asked : all) {
      byDataset.computeIfAbsent(asked.dataset.id(), id -> new ArrayList<>()).add(asked);
    }
    for (List<Asked> group : byDataset.values()) {
      List<Filter> filters = group.stream().map(Asked::filter).distinct().toList();
      if (filters.size() <= FILTERS_MOST) {
        Dataset dataset = group.getFirst().dataset;
        FilterTally.Counted counted = datasets.count(dataset, filters);
        for (Asked asked : group) {
          counts.parts.put(
              asked.source, new Part(dataset.id(), counted, filters.indexOf(asked.filter)));
        }
      }
    }
    return counts;
  }

  /** What matches a source, or empty where it was not counted. */
  Optional<Matching> of(int source) {
    return Optional.ofNullable(parts.get(source)).map(part -> part.counted.of(part.place));
  }

  /** Files that match both sources: none where they are on two datasets. */
  long both(int a, int b) {
    Part one = parts.get(a);
    Part other = parts.get(b);
    return one == null || other == null || !one.datasetId.equals(other.datasetId)
        ? 0
        : one.counted.both(one.place, other.place);
  }
}
