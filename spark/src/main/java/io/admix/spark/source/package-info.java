/** Reading the catalogue on executors: parts of an export as tasks. */
@NullMarked
package io.admix.spark.source;

import org.jspecify.annotations.NullMarked;
