/** Who may call, and what no request may do. */
@NullMarked
package io.admix.server.security;

import org.jspecify.annotations.NullMarked;
