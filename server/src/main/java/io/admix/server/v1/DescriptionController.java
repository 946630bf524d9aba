package io.admix.server.v1;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The description of this interface (OpenAPI 3.1). It is written, not drawn from the code: requests
 * are read by hand, so that the code holds no declaration that could be drawn from; tests hold
 * description and answers together.
 */
@RestController
final class DescriptionController {
  static final String PATH = "/v3/api-docs";

  private static final ObjectNode DOCUMENT = read();

  @GetMapping(path = PATH, produces = MediaTypes.JSON)
  ResponseEntity<byte[]> description(HttpServletRequest request) {
    Parameters.of(request).check();
    return Answers.tagged(DOCUMENT);
  }

  /** The document itself. */
  static ObjectNode document() {
    return DOCUMENT.deepCopy();
  }

  private static ObjectNode read() {
    try (InputStream in =
        Objects.requireNonNull(
            DescriptionController.class.getResourceAsStream("openapi.yaml"), "openapi.yaml")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      // Our own file, in which what is said often stands once.
      LoadSettings settings =
          LoadSettings.builder().setMaxAliasesForCollections(Integer.MAX_VALUE).build();
      Object document = new Load(settings).loadFromString(text);
      return JsonMapper.shared().valueToTree((Map<?, ?>) document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
