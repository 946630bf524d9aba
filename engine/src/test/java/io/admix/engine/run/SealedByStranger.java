package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Edits a sealed JSON Lines file as a stranger would who knows how it is sealed. */
final class SealedByStranger {
  private SealedByStranger() {}

  /** Changes a text of a manifest, and seals it again. */
  static void reseal(Path manifest, String from, String to) throws IOException {
    reseal(manifest, from, to, "sha256");
  }

  /** Changes a text, and puts the hash of all lines but the last under {@code key} of the last. */
  static void reseal(Path file, String from, String to, String key) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String body = String.join("\n", lines.subList(0, lines.size() - 1)) + "\n";
    assertThat(body).contains(from);
    String edited = body.replace(from, to);
    String footer =
        lines
            .getLast()
            .replaceAll("\"" + key + "\":\"[^\"]*\"", "\"" + key + "\":\"" + sha256(edited) + "\"");
    Files.writeString(file, edited + footer + "\n");
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
