/** The page on which a mix is composed: a recipe as a form, with what it would give beside it. */
@NullMarked
package io.admix.server.pages.compose;

import org.jspecify.annotations.NullMarked;
