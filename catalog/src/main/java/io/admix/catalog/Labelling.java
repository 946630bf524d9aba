package io.admix.catalog;

import org.jspecify.annotations.Nullable;

/**
 * How the files of a registered folder got their labels; a rescan goes on with it.
 *
 * @param fromFolders whether the first folder of a path became a label
 * @param tagsFile below the dataset's folder, or null: it described the files and is none of them
 */
public record Labelling(boolean fromFolders, @Nullable String tagsFile) {}
