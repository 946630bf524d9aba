/** Small datasets that Admix makes by itself, to be tried out with. */
@NullMarked
package io.admix.engine.demo;

import org.jspecify.annotations.NullMarked;
