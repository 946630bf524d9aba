package io.admix.engine.run;

/**
 * What a process that is no more has left behind.
 *
 * @param what the folder, or the name of a dataset
 * @param why what it is and what becomes of it, for people
 */
public record Leftover(String what, String why) {}
