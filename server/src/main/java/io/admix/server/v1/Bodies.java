package io.admix.server.v1;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Bodies of requests as text, bounded. */
final class Bodies {
  /** Largest body: that of a recipe. */
  static final int BYTES_MAX = 1 << 20;

  private Bodies() {}

  /**
   * The whole body.
   *
   * @throws ProblemException when it is too large or no UTF-8
   */
  static String text(HttpServletRequest request) throws IOException {
    refuseOtherCharset(request);
    if (request.getContentLengthLong() > BYTES_MAX) {
      throw tooLarge();
    }
    byte[] bytes;
    try (InputStream in = request.getInputStream()) {
      bytes = in.readNBytes(BYTES_MAX + 1);
    }
    if (bytes.length > BYTES_MAX) {
      throw tooLarge();
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          List.of(new FieldError("", "the body is no UTF-8 text: send it as UTF-8")));
    }
  }

  /**
   * A body that may be left out: empty then.
   *
   * @throws ProblemException when there is one that is no JSON by its media type
   */
  static String jsonOrNothing(HttpServletRequest request) throws IOException {
    String text = text(request);
    String type = request.getContentType();
    if (!text.isBlank()
        && (type == null || !type.toLowerCase(Locale.ROOT).startsWith(MediaTypes.JSON))) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          List.of(
              new FieldError("Content-Type", "is not read here; read are: " + MediaTypes.JSON)));
    }
    return text;
  }

  /**
   * For requests that have nothing to say: a body that is there anyway would be a mistake about
   * what is done.
   */
  static void refuseAny(HttpServletRequest request) throws IOException {
    String text = jsonOrNothing(request);
    if (!text.isBlank() && !text.strip().equals("{}")) {
      throw new ProblemException(
          ProblemType.INVALID_BODY, List.of(new FieldError("", "no body is expected here")));
    }
  }

  private static void refuseOtherCharset(HttpServletRequest request) {
    String type = request.getContentType();
    int at = type == null ? -1 : type.toLowerCase(Locale.ROOT).indexOf("charset=");
    if (type != null && at >= 0) {
      String charset = type.substring(at + "charset=".length()).replace("\"", "").strip();
      if (!charset.toLowerCase(Locale.ROOT).startsWith("utf-8")) {
        throw new ProblemException(
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
            List.of(new FieldError("Content-Type", "bodies are read as UTF-8 only")));
      }
    }
  }

  private static ProblemException tooLarge() {
    return new ProblemException(
        ProblemType.TOO_LARGE,
        "The body is larger than %,d bytes; nothing that is read here is.".formatted(BYTES_MAX));
  }
}
