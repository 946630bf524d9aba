package io.admix.engine.plan;

import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets;
import io.admix.catalog.Matching;
import io.admix.core.recipe.Filter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Counts what filters let pass of datasets and remembers it for a while, unless the dataset's
 * record changes. All of a dataset is as it is recorded; labels alone are read once for whatever is
 * asked of them; else one pass over the rows counts all filters. Safe for use by many threads.
 */
final class DatasetCounts {
  private static final Duration KEEP = Duration.ofSeconds(30);

  /** Whoever changes a dataset of ours changes its record too; others need not. */
  private static final Duration KEEP_OURS = Duration.ofMinutes(10);

  /** Characters of the filters by which answers are remembered: a recipe has up to a million. */
  private static final long TEXT_MOST = 6_000_000;

  private static final int KEPT_MOST = 1_000;
  private static final int GROUPS_KEPT_MOST = 20;

  private final Datasets datasets;
  private final ZoneId zone;
  private final Remembered<Question, FilterTally.Counted> tallies;
  private final Remembered<Question, Optional<LabelGroups>> groups;
  private final Remembered<Question, SequencedMap<String, SequencedMap<String, Long>>> labels;

  /** A dataset with what is asked of it: what an answer is remembered by. */
  private record Question(
      String datasetId, long files, long bytes, Instant updatedAt, List<Filter> filters) {
    static Question of(Dataset dataset, List<Filter> filters) {
      return new Question(
          dataset.id(), dataset.files(), dataset.bytes(), dataset.updatedAt(), filters);
    }

    long characters() {
      return filters.toString().length();
    }
  }

  DatasetCounts(Datasets datasets, ZoneId zone, InstantSource clock) {
    this.datasets = datasets;
    this.zone = zone;
    Remembered.Bounds<Question> few =
        new Remembered.Bounds<>(GROUPS_KEPT_MOST, GROUPS_KEPT_MOST, question -> 1, KEEP);
    this.tallies =
        new Remembered<>(
            new Remembered.Bounds<>(KEPT_MOST, TEXT_MOST, Question::characters, KEEP), clock);
    this.groups = new Remembered<>(few, clock);
    this.labels = new Remembered<>(few, clock);
  }

  /** What each filter lets pass, and each two together. */
  FilterTally.Counted count(Dataset dataset, List<Filter> filters) {
    // Of a dataset of ours the catalogue keeps the sums; rows of others may be several per file.
    if (filters.equals(List.of(Filter.ALL)) && dataset.kind() != Dataset.Kind.FOREIGN) {
      return FilterTally.Counted.single(new Matching(dataset.files(), dataset.bytes()));
    }
    if (filters.stream().allMatch(LabelGroups::answers)) {
      Optional<LabelGroups> known = groups(dataset);
      if (known.isPresent()) {
        return known.get().count(filters);
      }
    }
    return tallies.get(
        Question.of(dataset, filters),
        keepMost(dataset),
        () -> FilterTally.of(datasets, dataset, filters, zone));
  }

  private static Duration keepMost(Dataset dataset) {
    return dataset.kind() == Dataset.Kind.FOREIGN ? KEEP : KEEP_OURS;
  }

  private Optional<LabelGroups> groups(Dataset dataset) {
    return groups.get(
        Question.of(dataset, List.of()),
        keepMost(dataset),
        () -> LabelGroups.of(datasets, dataset));
  }

  /** Labels and their values with the number of files, the most frequent first. */
  SequencedMap<String, SequencedMap<String, Long>> labels(Dataset dataset) {
    Optional<LabelGroups> known = groups(dataset);
    return known.isPresent()
        ? known.get().counted()
        : labels.get(
            Question.of(dataset, List.of()),
            keepMost(dataset),
            () -> datasets.distribution(dataset).labels());
  }
}
