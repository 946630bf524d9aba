package io.admix.engine.plan;

/**
 * Last line of a plan.
 *
 * @param entries main entries, without reserves
 * @param runs main runs, without those of reserves
 * @param bytes of the main entries
 * @param sha256 selection hash, lower-case hex
 * @param fileSha256 of every byte before this line, lower-case hex
 */
record PlanFooter(long entries, long runs, long bytes, String sha256, String fileSha256) {}
