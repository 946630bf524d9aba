package io.admix.engine.verify;

import java.util.List;

/**
 * What {@code verify} found, each file counted once.
 *
 * @param files in the manifest
 * @param ok published file and source as in the manifest
 * @param drifted published file whole, but its source is gone or is another file now
 * @param missing published file gone
 * @param damaged published file of another inode, size or time
 * @param extra files below the dataset's folder that the manifest does not know
 * @param problems the first thousand
 */
public record VerifyReport(
    String dataset,
    long files,
    long ok,
    long drifted,
    long missing,
    long damaged,
    long extra,
    List<Problem> problems) {

  /** One file with a problem; {@code kind} is drifted, missing, damaged or extra. */
  public record Problem(String kind, String path, String detail) {}

  public boolean isClean() {
    return drifted + missing + damaged + extra == 0;
  }
}
