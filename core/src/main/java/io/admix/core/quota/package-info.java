/** How many files each source must give. */
@NullMarked
package io.admix.core.quota;

import org.jspecify.annotations.NullMarked;
