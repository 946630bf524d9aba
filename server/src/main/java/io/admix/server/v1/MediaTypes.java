package io.admix.server.v1;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/** The media types of this interface. */
final class MediaTypes {
  static final String JSON = "application/json";
  static final String YAML = "application/yaml";
  static final String X_YAML = "application/x-yaml";
  static final String TEXT_YAML = "text/yaml";
  static final String NDJSON = "application/x-ndjson";
  static final String JSONL = "application/jsonl";
  static final String EVENTS = "text/event-stream";

  private MediaTypes() {}

  /** The first of these that the request accepts most; the first of all when it says nothing. */
  static String accepted(HttpServletRequest request, String... offered) {
    String header = request.getHeader(HttpHeaders.ACCEPT);
    if (header == null) {
      return offered[0];
    }
    List<MediaType> wanted = new ArrayList<>(MediaType.parseMediaTypes(header));
    MimeTypeUtils.sortBySpecificity(wanted);
    for (MediaType type : wanted) {
      for (String one : offered) {
        if (type.includes(MediaType.parseMediaType(one))) {
          return one;
        }
      }
    }
    return offered[0];
  }

  static String words(List<MediaType> types) {
    return types.stream().map(MediaType::toString).distinct().collect(Collectors.joining(", "));
  }
}
