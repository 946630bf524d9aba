package io.admix.engine.report;

/** Files and bytes that one link method takes or took. */
public record MethodCount(long files, long bytes) {
  public static final MethodCount NONE = new MethodCount(0, 0);

  public MethodCount plus(long moreFiles, long moreBytes) {
    return new MethodCount(files + moreFiles, bytes + moreBytes);
  }
}
