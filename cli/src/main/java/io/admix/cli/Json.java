package io.admix.cli;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Prints an answer: one line, so that a shell reads it whole. Every answer has a schema in
 * docs/schemas.
 */
final class Json {
  static final JsonMapper MAPPER = JsonMapper.shared();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static void print(Console console, JsonNode answer) {
    console.out().println(MAPPER.writeValueAsString(answer));
  }
}
