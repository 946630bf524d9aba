/** Placing on the executors of a Spark cluster. */
@NullMarked
package io.admix.spark.run;

import org.jspecify.annotations.NullMarked;
