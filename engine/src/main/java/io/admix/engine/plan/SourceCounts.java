package io.admix.engine.plan;

import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets;
import io.admix.catalog.Matching;
import io.admix.core.recipe.Filter;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What matches the sources of one recipe now, counted per dataset: all of a dataset without
 * conditions as it is recorded, else in one pass over its rows for all sources on it.
 */
final class SourceCounts {
  /** Different filters on one dataset that are counted together; more are not counted. */
  static final int FILTERS_MOST = 64;

  private final Map<Integer, Part> parts = new LinkedHashMap<>();

  /** A dataset with what is asked of it: what an answer is remembered by. */
  record Question(String datasetId, long files, long bytes, List<Filter> filters) {}

  /** A source's place in what was counted on its dataset. */
  private record Part(String datasetId, FilterTally.Counted counted, int place) {}

  /** One source on a dataset. */
  record Asked(int source, Dataset dataset, Filter filter) {}

  private SourceCounts() {}

  /** Counts what is not remembered. */
  static SourceCounts of(
      Datasets datasets,
      ZoneId zone,
      Remembered<Question, FilterTally.Counted> remembered,
      List<Asked> all) {
    SourceCounts counts = new SourceCounts();
    Map<String, List<Asked>> byDataset = new LinkedHashMap<>();
    for (Asked asked : all) {
      byDataset.computeIfAbsent(asked.dataset.id(), id -> new ArrayList<>()).add(asked);
    }
    for (List<Asked> group : byDataset.values()) {
      List<Filter> filters = group.stream().map(Asked::filter).distinct().toList();
      if (filters.size() <= FILTERS_MOST) {
        Dataset dataset = group.getFirst().dataset;
        FilterTally.Counted counted = counted(datasets, zone, remembered, dataset, filters);
        for (Asked asked : group) {
          counts.parts.put(
              asked.source, new Part(dataset.id(), counted, filters.indexOf(asked.filter)));
        }
      }
    }
    return counts;
  }

  /** Of a dataset of ours the catalogue keeps the sums; rows of others may be several per file. */
  private static FilterTally.Counted counted(
      Datasets datasets,
      ZoneId zone,
      Remembered<Question, FilterTally.Counted> remembered,
      Dataset dataset,
      List<Filter> filters) {
    if (filters.equals(List.of(Filter.ALL)) && dataset.kind() != Dataset.Kind.FOREIGN) {
      return FilterTally.Counted.single(new Matching(dataset.files(), dataset.bytes()));
    }
    Question question = new Question(dataset.id(), dataset.files(), dataset.bytes(), filters);
    return remembered.get(question, () -> FilterTally.of(datasets, dataset, filters, zone));
  }

  /** What matches a source, or empty where it was not counted. */
  Optional<Matching> of(int source) {
    return Optional.ofNullable(parts.get(source)).map(part -> part.counted.each().get(part.place));
  }

  /** Files that match both sources: none where they are on two datasets. */
  long both(int a, int b) {
    Part one = parts.get(a);
    Part other = parts.get(b);
    return one == null || other == null || !one.datasetId.equals(other.datasetId)
        ? 0
        : one.counted.both().get(one.place).get(other.place);
  }
}
