package io.admix.engine.plan;

import java.io.IOException;

/** One walk over the sources in recipe order, each of which takes what it is asked for. */
@FunctionalInterface
interface Walk<L extends Leaves> {
  L find(long[] asked) throws IOException;
}
