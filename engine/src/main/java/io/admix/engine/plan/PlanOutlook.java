package io.admix.engine.plan;

/**
 * What making a planned mix takes, beside what there is.
 *
 * @param bytesToCopy that copies take, none shared
 * @param inodes that its files take
 * @param bytesFree where mixes are made; -1 when that cannot be told
 * @param inodesFree -1 where the file system does not count them
 * @param seconds of placing and recording, about
 * @param isMeasured whether the pace is that of mixes made here lately, else a cautious guess
 */
public record PlanOutlook(
    long bytesToCopy,
    long inodes,
    long bytesFree,
    long inodesFree,
    double seconds,
    boolean isMeasured) {}
