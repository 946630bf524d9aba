/** The steps of the engine spread over the executors of a Spark cluster. No rules of its own. */
@NullMarked
package io.admix.spark;

import org.jspecify.annotations.NullMarked;
