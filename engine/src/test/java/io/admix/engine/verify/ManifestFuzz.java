package io.admix.engine.verify;

import static io.admix.core.fuzz.Bounded.require;

import io.admix.core.fuzz.Bounded;
import io.admix.engine.fuzz.FuzzFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Fuzz target: a manifest, as it is and with a footer that fits it. */
public final class ManifestFuzz {
  private static final FuzzFile FILE = new FuzzFile("manifest.jsonl");
  private static final Path ROOT = Path.of("/data/mix");

  private ManifestFuzz() {}

  /** All that a manifest says. */
  private record Content(ManifestHeader header, List<ManifestEntry> entries, String sha256) {}

  public static void fuzzerTestOneInput(byte[] data) {
    Bounded.run(
        data.length,
        () -> {
          check(data);
          check(sealed(data));
        });
  }

  private static void check(byte[] data) throws IOException {
    Optional<Content> read = read(data);
    if (read.isEmpty()) {
      return;
    }
    Content content = read.get();
    require(Path.of(content.header.folder()).isAbsolute(), "folder %s", content.header.folder());
    for (ManifestEntry entry : content.entries) {
      requireInside(entry.path());
      requireInside(entry.from());
      require(entry.size() >= 0, "%s", entry);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ManifestWriter writer = new ManifestWriter(out, content.header);
    for (ManifestEntry entry : content.entries) {
      writer.add(entry);
    }
    String sha256 = writer.finish();
    require(
        read(out.toByteArray())
            .equals(Optional.of(new Content(content.header, content.entries, sha256))),
        "written and read again it is another: %s",
        out.toString(StandardCharsets.UTF_8));
  }

  private static Optional<Content> read(byte[] data) throws IOException {
    Path file = FILE.with(data);
    try (ManifestReader reader = ManifestReader.open(file)) {
      List<ManifestEntry> entries = new ArrayList<>();
      for (Optional<ManifestEntry> e = reader.next(); e.isPresent(); e = reader.next()) {
        entries.add(e.get());
      }
      return Optional.of(new Content(reader.header(), entries, reader.sha256()));
    } catch (DamagedManifestException e) {
      require(
          e.getMessage().startsWith("The manifest " + file + " cannot be used: "),
          "words: %s",
          e.getMessage());
      return Optional.empty();
    }
  }

  private static void requireInside(String relative) {
    Path path = ROOT.resolve(relative);
    require(
        path.startsWith(ROOT) && path.normalize().equals(path) && !path.equals(ROOT),
        "`%s` leaves its root",
        relative);
  }

  /** Everything up to the last line feed, and a footer for it. */
  private static byte[] sealed(byte[] data) {
    int end = data.length;
    while (end > 0 && data[end - 1] != '\n') {
      end--;
    }
    byte[] lines = Arrays.copyOf(data, end);
    String text = new String(lines, StandardCharsets.ISO_8859_1);
    long files = Math.max(0, text.chars().filter(c -> c == '\n').count() - 1);
    String sha256 = HexFormat.of().formatHex(ManifestWriter.sha256().digest(lines));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(lines);
    out.writeBytes(ManifestWriter.footer(files, sizes(text), sha256));
    return out.toByteArray();
  }

  private static long sizes(String text) {
    long sum = 0;
    for (int at = text.indexOf("\"size\":"); at >= 0; at = text.indexOf("\"size\":", at + 1)) {
      int from = at + 7;
      int to = from;
      while (to < text.length()
          && to < from + 18
          && text.charAt(to) >= '0'
          && text.charAt(to) <= '9') {
        to++;
      }
      sum += to > from ? Long.parseLong(text.substring(from, to)) : 0;
    }
    return sum;
  }
}
