/** The page of what the service runs on. */
@NullMarked
package io.admix.server.pages.system;

import org.jspecify.annotations.NullMarked;
