package io.admix.server.pages.compose;

/**
 * The whole page.
 *
 * @param key drawn for this visit: who clicks twice makes one mix
 * @param hasDatasets whether there is anything to choose from
 */
public record ComposeView(TakenOver taken, LiveView live, String key, boolean hasDatasets) {}
