/**
 * The catalogue as files for programs on other machines; {@link
 * io.admix.engine.export.CatalogExport} opens such an export.
 */
@NullMarked
package io.admix.engine.export;

import org.jspecify.annotations.NullMarked;
