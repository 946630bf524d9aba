/** Settings, their ranges, and the resources of this machine. */
@NullMarked
package io.admix.engine.settings;

import org.jspecify.annotations.NullMarked;
