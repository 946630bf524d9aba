package io.admix.engine.task;

/**
 * How much there is to do.
 *
 * @param waiting tasks of this catalogue that no server runs yet
 * @param running tasks that this process runs
 * @param bound how many it runs at a time
 */
public record QueueState(long waiting, int running, int bound) {}
