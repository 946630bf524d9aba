/** Where things are: folders on disk and places of objects, and the store that reaches these. */
@NullMarked
package io.admix.engine.place;

import org.jspecify.annotations.NullMarked;
