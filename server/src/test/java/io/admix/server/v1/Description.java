package io.admix.server.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.admix.server.HttpAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The description, as a generator of clients reads it: references followed, schemas compiled. */
final class Description {
  static final ObjectNode DOCUMENT = DescriptionController.document();

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();
  private static final List<Operation> OPERATIONS = readOperations();

  private Description() {}

  /**
   * @param node the operation, its path's parameters among its own
   */
  record Operation(String method, String path, Pattern pattern, ObjectNode node) {
    String id() {
      return node.get("operationId").asString();
    }

    List<JsonNode> parameters() {
      List<JsonNode> all = new ArrayList<>();
      node.path("parameters").forEach(p -> all.add(resolved(p)));
      return all;
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static List<Operation> operations() {
    return OPERATIONS;
  }

  static Operation operation(String id) {
    return OPERATIONS.stream().filter(o -> o.id().equals(id)).findFirst().orElseThrow();
  }

  private static List<Operation> readOperations() {
    List<Operation> operations = new ArrayList<>();
    DOCUMENT
        .get("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(member -> {
                  if (!member.getKey().equals("parameters")) {
                    ObjectNode node = ((ObjectNode) member.getValue()).deepCopy();
                    path.getValue()
                        .path("parameters")
                        .forEach(parameter -> node.withArray("parameters").add(parameter));
                    String regex = path.getKey().replaceAll("\\{[^}]+}", "[^/]+");
                    operations.add(
                        new Operation(
                            member.getKey().toUpperCase(java.util.Locale.ROOT),
                            path.getKey(),
                            Pattern.compile(regex),
                            node));
                  }
                }));
    return operations;
  }

  static Optional<Operation> find(String method, String address) {
    String path = address.replaceAll("\\?.*", "");
    return OPERATIONS.stream()
        .filter(o -> o.method().equals(method) && o.pattern().matcher(path).matches())
        .findFirst();
  }

  /** Follows references, which are all within the document. */
  static JsonNode resolved(JsonNode node) {
    JsonNode at = node;
    while (at.has("$ref") && !at.get("$ref").asString().startsWith("#/components/schemas/")) {
      String reference = at.get("$ref").asString();
      at = DOCUMENT.at(reference.substring(1));
      assertThat(at.isMissingNode()).as(reference).isFalse();
    }
    return at;
  }

  /** What does not fit the schema, in words; empty when everything does. */
  static String misfit(JsonNode schema, String json) {
    return SCHEMAS
        .computeIfAbsent(schema.toString(), Description::compiled)
        .validate(json, InputFormat.JSON)
        .toString();
  }

  private static Schema compiled(String text) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.putArray("allOf").addRawValue(new tools.jackson.databind.util.RawValue(text));
    whole.set("components", DOCUMENT.get("components"));
    return REGISTRY.getSchema(whole.toString(), InputFormat.JSON);
  }

  /** Fails unless the answer is one that the description names for this request. */
  static void check(String method, String address, HttpAnswer answer) {
    Operation operation =
        find(method, address)
            .orElseThrow(() -> new AssertionError(method + " " + address + " is not described"));
    String what = operation + " " + answer.status() + " " + answer.body();
    JsonNode responses = operation.node().get("responses");
    JsonNode response = responses.get(Integer.toString(answer.status()));
    assertThat(response != null || answer.status() >= 400).as(what).isTrue();
    JsonNode content =
        resolved(response == null ? responses.get("default") : response).path("content");
    if (content.isEmpty()) {
      return;
    }
    String type = answer.header("Content-Type").replaceAll(";.*", "");
    assertThat(content.has(type)).as(what + " is " + type).isTrue();
    if (type.endsWith("json") && !type.contains("nd") && !type.endsWith("jsonl")) {
      assertThat(misfit(content.get(type).get("schema"), answer.body())).as(what).isEqualTo("[]");
    }
  }
}
