package io.admix.server.v1;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.node.ObjectNode;

/** Answers in JSON. */
final class Answers {
  private static final int TAG_BYTES = 16;

  private Answers() {}

  /**
   * What a GET is answered: with an ETag, so that who has it already is told 304 (by Spring, which
   * compares the request's If-None-Match).
   */
  static ResponseEntity<byte[]> tagged(ObjectNode body) {
    byte[] bytes = bytes(body);
    return ResponseEntity.ok()
        .eTag(tag(bytes))
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .contentType(MediaType.APPLICATION_JSON)
        .body(bytes);
  }

  static ResponseEntity<byte[]> of(HttpStatus status, ObjectNode body) {
    return ResponseEntity.status(status)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .contentType(MediaType.APPLICATION_JSON)
        .body(bytes(body));
  }

  static ResponseEntity<byte[]> ok(ObjectNode body) {
    return of(HttpStatus.OK, body);
  }

  /** What was made, or will be, is at the location. */
  static ResponseEntity<byte[]> at(HttpStatus status, URI location, ObjectNode body) {
    return ResponseEntity.status(status)
        .location(location)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .contentType(MediaType.APPLICATION_JSON)
        .body(bytes(body));
  }

  /** A task that was begun, by this request or by an earlier one with the same key. */
  static ResponseEntity<byte[]> begun(URI location, ObjectNode body, boolean isRepeated) {
    ResponseEntity<byte[]> first = at(HttpStatus.ACCEPTED, location, body);
    return isRepeated
        ? ResponseEntity.status(first.getStatusCode())
            .headers(first.getHeaders())
            .header(IdempotencyKey.REPLAYED, "true")
            .body(first.getBody())
        : first;
  }

  /**
   * Whether the request wants to change only what it has seen.
   *
   * @param now what a GET is answered just now
   * @throws ProblemException when the request names another ETag in If-Match
   */
  static void requireUnchanged(HttpServletRequest request, ObjectNode now) {
    List<String> wanted =
        Collections.list(request.getHeaders(HttpHeaders.IF_MATCH)).stream()
            .flatMap(header -> Arrays.stream(header.split(",", -1)))
            .map(String::strip)
            .toList();
    String tag = tag(bytes(now));
    if (!wanted.isEmpty() && !wanted.contains("*") && !wanted.contains(tag)) {
      throw new ProblemException(
          ProblemType.CHANGED,
          List.of(
              new FieldError(
                  HttpHeaders.IF_MATCH,
                  "what is there now has the ETag " + tag + "; nothing was changed")));
    }
  }

  static boolean isConditional(HttpServletRequest request) {
    @Nullable String header = request.getHeader(HttpHeaders.IF_MATCH);
    return header != null;
  }

  static byte[] bytes(ObjectNode body) {
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  static String tag(ObjectNode body) {
    return tag(bytes(body));
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(hash, 0, TAG_BYTES) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
