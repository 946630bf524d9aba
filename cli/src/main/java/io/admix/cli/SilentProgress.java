package io.admix.cli;

final class SilentProgress implements ProgressView {
  @Override
  public void at(String step, long done, long total, String detail) {}

  @Override
  public void close() {}
}
