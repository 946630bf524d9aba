/**
 * Reaching the file system: the port {@link io.admix.files.FileAccess} with its handles, placing
 * one entry ({@link io.admix.files.Placer}), scanning a folder, and which fault leads where.
 */
@NullMarked
package io.admix.files;

import org.jspecify.annotations.NullMarked;
