package io.admix.engine.spread;

import io.admix.engine.run.RunSite;
import java.io.Serializable;

/**
 * What executors are told of a task, by Java's serialisation.
 *
 * @param folder absolute path of the folder that they share with the process that has the task
 * @param leaseNanos how long that process may be unheard before others may have the task
 */
public record SpreadTask(String taskId, String folder, long leaseNanos, RunSite.Facts facts)
    implements Serializable {}
