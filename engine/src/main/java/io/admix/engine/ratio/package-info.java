/** DataMate's ratio tasks: what its interface asks, in its order and with its words. */
@NullMarked
package io.admix.engine.ratio;

import org.jspecify.annotations.NullMarked;
