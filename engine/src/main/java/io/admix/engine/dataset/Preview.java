package io.admix.engine.dataset;

import io.admix.catalog.Dataset;
import io.admix.catalog.DatasetFile;

/**
 * One file as it is shown.
 *
 * @param text its beginning, empty unless it is a text
 * @param isCut whether the file goes on after the text
 */
public record Preview(Dataset dataset, DatasetFile file, Kind kind, String text, boolean isCut) {

  /** What can be shown of a file. */
  public enum Kind {
    /** Valid UTF-8 without NUL, whatever it means: markup is text too. */
    TEXT,
    /** Of a raster type that browsers show. */
    IMAGE,
    /** An image of more bytes than are shown. */
    LARGE_IMAGE,
    /** Neither text nor image. */
    BINARY,
    EMPTY,
    /** It is not there any more, or may not be read. */
    NOT_READABLE
  }
}
