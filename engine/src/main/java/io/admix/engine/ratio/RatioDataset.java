package io.admix.engine.ratio;

import io.admix.catalog.DataMateDataset;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A dataset with what its files are labelled with.
 *
 * @param labels label to value to number of files; the 1,000 most frequent values
 */
public record RatioDataset(
    DataMateDataset dataset, Map<String, SequencedMap<String, Long>> labels) {}
