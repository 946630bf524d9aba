package io.admix.engine.pace;

/**
 * What was seen while the number of workers stayed the same.
 *
 * @param rate work per second; its unit is of no matter, as long as it stays the same
 * @param backOffs how often a worker was told that the system is short of something
 * @param most workers that can find work just now, at least 1
 * @param secondsPerFile that one worker spent on one file; 0 when nothing was placed
 * @param isCpuBusy whether this process used nearly all processors
 * @param isHeldBack whether something other than placing set the pace: a slow catalogue, too little
 *     work; such a window says nothing about the number of workers
 */
public record Window(
    double rate,
    long backOffs,
    int most,
    double secondsPerFile,
    boolean isCpuBusy,
    boolean isHeldBack) {}
