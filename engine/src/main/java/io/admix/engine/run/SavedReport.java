package io.admix.engine.run;

import io.admix.engine.report.DamagedReportException;
import io.admix.engine.report.ReportJson;
import io.admix.engine.report.RunReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The report of a mix that is about to appear, kept for the case that publishing is interrupted:
 * one line of JSON, and one with the sha-256 of the first.
 */
final class SavedReport {
  private SavedReport() {}

  static void write(Path file, RunReport report) throws IOException {
    byte[] line = (ReportJson.write(report) + "\n").getBytes(StandardCharsets.UTF_8);
    StateFolder.writeWhole(
        file,
        out -> {
          out.write(line);
          out.write(seal(line));
        });
  }

  /** The report, or empty when it is not there whole: what it said is counted again then. */
  static Optional<RunReport> read(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    byte[] line = Arrays.copyOf(bytes, Math.min(end + 1, bytes.length));
    if (!Arrays.equals(seal(line), Arrays.copyOfRange(bytes, line.length, bytes.length))) {
      return Optional.empty();
    }
    try {
      return Optional.of(ReportJson.read(new String(line, StandardCharsets.UTF_8)));
    } catch (DamagedReportException e) {
      return Optional.empty();
    }
  }

  private static byte[] seal(byte[] line) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(line);
      return (HexFormat.of().formatHex(hash) + "\n").getBytes(StandardCharsets.US_ASCII);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
