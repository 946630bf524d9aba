/** The web pages: their frame, words, looks and faults; each room of them has a package below. */
@NullMarked
package io.admix.server.pages;

import org.jspecify.annotations.NullMarked;
