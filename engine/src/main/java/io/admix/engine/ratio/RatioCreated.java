package io.admix.engine.ratio;

/**
 * A ratio task that was recorded and will be run.
 *
 * @param datasetType TEXT, IMAGE, AUDIO, VIDEO or OTHER
 */
public record RatioCreated(
    String id, String status, String datasetId, String datasetName, String datasetType) {}
