/**
 * The service: starts it, and gives controllers their caller. Holds no rules and no SQL; what is
 * done, the engine does.
 */
@NullMarked
package io.admix.server;

import org.jspecify.annotations.NullMarked;
