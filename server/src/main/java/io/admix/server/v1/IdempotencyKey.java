package io.admix.server.v1;

import io.admix.engine.task.RequestKey;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header that makes a request that is sent twice one request. */
final class IdempotencyKey {
  static final String HEADER = "Idempotency-Key";

  /** Set when an earlier request with the key made what is answered. */
  static final String REPLAYED = "Idempotency-Replayed";

  /** A quoted string (as the IETF's draft has it) or a bare word. */
  private static final Pattern SYNTAX =
      Pattern.compile(
          "\"([\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]{1,128})\"|([\\x21\\x23-\\x7E]{1,128})");

  private IdempotencyKey() {}

  /** The key with what the request asks for, or null without the header. */
  static @Nullable RequestKey of(HttpServletRequest request, String body) {
    List<String> values = Collections.list(request.getHeaders(HEADER));
    if (values.isEmpty()) {
      return null;
    }
    var match = SYNTAX.matcher(values.getFirst().strip());
    if (values.size() > 1 || !match.matches()) {
      throw refused();
    }
    String key = match.group(1) != null ? match.group(1) : match.group(2);
    if (key == null || key.isBlank()) {
      throw refused();
    }
    String query = request.getQueryString() == null ? "" : request.getQueryString();
    return new RequestKey(key, sha256(query + "\n" + body));
  }

  private static ProblemException refused() {
    return new ProblemException(
        ProblemType.INVALID_PARAMETER,
        List.of(
            new FieldError(
                HEADER,
                "must be one key of 1 to 128 visible ASCII characters, with or without quotes around it, such as a UUID")));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
