/**
 * Planning on a cluster: parts of an exported catalogue are filtered, ranked and chosen from by
 * executors; the rules are the engine's. Rows are never shuffled.
 */
@NullMarked
package io.admix.spark.plan;

import org.jspecify.annotations.NullMarked;
