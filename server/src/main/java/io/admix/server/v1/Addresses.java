package io.admix.server.v1;

import io.admix.server.security.DecodedPath;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where things are. */
final class Addresses {
  static final String ROOT = "/api/v1";

  private Addresses() {}

  static boolean isOurs(HttpServletRequest request) {
    String path = DecodedPath.of(request);
    return path.equals(ROOT)
        || path.startsWith(ROOT + "/")
        || path.startsWith(DescriptionController.PATH);
  }

  static URI of(String collection, String id) {
    return URI.create(
        ROOT
            + "/"
            + collection
            + "/"
            + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20"));
  }
}
