package io.admix.server.datamate;

import io.admix.server.security.DecodedPath;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What every answer is wrapped in: {@code {"code","message","data"}}. The bytes are made here, with
 * a mapper that no configuration changes: its readers compare them.
 */
public final class Envelope {
  /** Where answers are wrapped so, those of security and of unknown paths included. */
  private static final List<String> PATHS =
      List.of("/api/synthesis/ratio-task", "/api/data-management/datasets");

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE).build();

  private Envelope() {}

  private record Content(String code, String message, @Nullable Object data) {}

  static ResponseEntity<byte[]> success(@Nullable Object data) {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(JSON.writeValueAsBytes(new Content("0", "success", data)));
  }

  /** Whether a request is answered in the envelope, errors included. */
  public static boolean covers(HttpServletRequest request) {
    String path = DecodedPath.of(request);
    return PATHS.stream().anyMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"));
  }

  /**
   * The answer to a request that another part refuses by its status: 401 when nobody is signed in,
   * 403 when he may not, or whatever it is.
   *
   * @param detail for people
   */
  public static byte[] refusal(int status, String detail) {
    DataMateError error =
        switch (status) {
          case 401 -> DataMateError.UNAUTHORIZED;
          case 403 -> DataMateError.FORBIDDEN;
          case 404 -> DataMateError.NOT_FOUND;
          case 503 -> DataMateError.UNAVAILABLE;
          default -> status < 500 ? DataMateError.BAD_REQUEST : DataMateError.INTERNAL;
        };
    return bytes(error, new Detail(detail));
  }

  static void refuse(HttpServletResponse response, int status, String detail) throws IOException {
    write(response, status, refusal(status, detail));
  }

  static void error(HttpServletResponse response, DataMateError error, @Nullable Object data)
      throws IOException {
    write(response, error.status().value(), bytes(error, data));
  }

  private static byte[] bytes(DataMateError error, @Nullable Object data) {
    return JSON.writeValueAsBytes(new Content(error.code(), error.message(), data));
  }

  private static void write(HttpServletResponse response, int status, byte[] body)
      throws IOException {
    response.setStatus(status);
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.getOutputStream().write(body);
  }

  private record Detail(String detail) {}
}
