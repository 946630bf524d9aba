package io.admix.server.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.server.HttpAnswer;
import io.admix.server.ServerForTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a generator of clients needs of the description, and that it is the service's. */
class DescriptionTest {
  private static final JsonMapper PRETTY =
      JsonMapper.builder()
          .enable(tools.jackson.databind.SerializationFeature.INDENT_OUTPUT)
          .build();

  @Test
  void everyOperation_hasANameOfItsOwnASummaryAndDescribedParts() {
    Set<String> names = new HashSet<>();
    for (Description.Operation operation : Description.operations()) {
      assertThat(names.add(operation.id())).as(operation + "").isTrue();
      assertThat(operation.id()).matches("[a-z][A-Za-z]+");
      assertThat(operation.node().path("summary").asString("")).as(operation + "").isNotEmpty();
      assertThat(operation.node().path("tags").isEmpty()).as(operation + "").isFalse();
      operation
          .parameters()
          .forEach(p -> {
            assertThat(p.path("description").asString("")).as(operation + " " + p).isNotEmpty();
            assertThat(p.has("schema")).as(operation + " " + p).isTrue();
          });
      operation
          .node()
          .get("responses")
          .forEach(r ->
              assertThat(Description.resolved(r).path("description").asString(""))
                  .as(operation + " " + r)
                  .isNotEmpty());
    }
  }

  @Test
  void everyPathParameter_isDeclared() {
    for (Description.Operation operation : Description.operations()) {
      List<String> declared =
          operation.parameters().stream()
              .filter(p -> p.get("in").asString().equals("path"))
              .map(p -> p.get("name").asString())
              .toList();
      List<String> used = new ArrayList<>();
      var matcher = java.util.regex.Pattern.compile("\\{([^}]+)}").matcher(operation.path());
      while (matcher.find()) {
        used.add(matcher.group(1));
      }
      assertThat(declared).as(operation + "").isEqualTo(used);
    }
  }

  @Test
  void everyReference_leadsSomewhere_andNoSchemaIsForNothing() {
    Set<String> used = new TreeSet<>();
    for (JsonNode reference : Description.DOCUMENT.findValues("$ref")) {
      used.add(reference.asString());
      assertThat(Description.DOCUMENT.at(reference.asString().substring(1)).isMissingNode())
          .as(reference.asString())
          .isFalse();
    }
    Description.DOCUMENT
        .get("components")
        .properties()
        .forEach(kind -> {
          if (!kind.getKey().equals("securitySchemes")) {
            kind.getValue()
                .propertyNames()
                .forEach(name -> {
                  // The data of an event is text to OpenAPI: its schema is for readers.
                  if (!name.equals("TaskEvent")) {
                    assertThat(used).contains("#/components/" + kind.getKey() + "/" + name);
                  }
                });
          }
        });
  }

  @Test
  void everyExample_fitsItsSchema() {
    int seen = 0;
    for (Description.Operation operation : Description.operations()) {
      List<JsonNode> contents = new ArrayList<>();
      contents.add(operation.node().path("requestBody").path("content"));
      operation
          .node()
          .get("responses")
          .forEach(r -> contents.add(Description.resolved(r).path("content")));
      for (JsonNode content : contents) {
        for (JsonNode media : content) {
          seen += checkExamples(operation, media);
        }
      }
      for (JsonNode parameter : operation.parameters()) {
        if (parameter.has("example")) {
          fits(operation, parameter.get("schema"), parameter.get("example"));
        }
      }
    }
    assertThat(seen).isGreaterThan(150);
  }

  private static int checkExamples(Description.Operation operation, JsonNode media) {
    int seen = 0;
    if (media.has("example")) {
      fits(operation, media.get("schema"), media.get("example"));
      seen++;
    }
    for (JsonNode example : media.path("examples")) {
      fits(operation, media.get("schema"), example.get("value"));
      seen++;
    }
    return seen;
  }

  private static void fits(Description.Operation operation, JsonNode schema, JsonNode example) {
    assertThat(Description.misfit(schema, example.toString()))
        .as(operation + " " + example)
        .isEqualTo("[]");
  }

  @Test
  void everyAnswerInJson_hasAnExample_orASchemaOfItsOwn() {
    for (Description.Operation operation : Description.operations()) {
      operation
          .node()
          .get("responses")
          .forEach(r ->
              Description.resolved(r)
                  .path("content")
                  .properties()
                  .forEach(media ->
                      assertThat(media.getValue().has("schema"))
                          .as(operation + " " + media.getKey())
                          .isTrue()));
      assertThat(operation.node().get("responses").has("default")).as(operation + "").isTrue();
      assertThat(operation.node().get("responses").has("401")).as(operation + "").isTrue();
    }
  }

  @Test
  void theRecipeInTheDescription_isOneForTheReader() {
    String example =
        Description.operation("makePlan")
            .node()
            .at("/requestBody/content/application~1json/example")
            .toString();
    assertThat(SentRecipe.recipe(example).sources()).hasSize(2);
    String yaml =
        Description.operation("makePlan")
            .node()
            .at("/requestBody/content/application~1yaml/example")
            .asString();
    assertThat(SentRecipe.recipe(yaml).sources()).hasSize(2);
  }

  @Test
  void theCopyInTheDocuments_isWhatTheServiceGives() throws Exception {
    HttpAnswer answer = ServerForTests.sqlite().http().get("/v3/api-docs");
    assertThat(answer.status()).isEqualTo(200);
    Path copy = Path.of("../docs/openapi.json");
    String given = PRETTY.writeValueAsString(answer.json()) + "\n";
    // To take it anew: run this test with -Dadmix.docs.write=true.
    if (Boolean.getBoolean("admix.docs.write")) {
      Files.writeString(copy, given);
    }
    assertThat(Files.readString(copy)).isEqualTo(given);
    assertThat(answer.json()).isEqualTo((JsonNode) PRETTY.readValue(given, ObjectNode.class));
  }

  @Test
  void whatIsDescribed_isWhatIsThere() {
    Set<String> mapped = new TreeSet<>();
    ServerForTests.sqlite()
        .context()
        .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach((info, method) -> {
          for (String path : info.getPatternValues()) {
            if (path.startsWith(Addresses.ROOT)) {
              info.getMethodsCondition()
                  .getMethods()
                  .forEach(verb -> mapped.add(verb + " " + path));
            }
          }
        });
    Set<String> described = new TreeSet<>();
    Description.operations().forEach(operation -> described.add(operation.toString()));
    assertThat(mapped).isEqualTo(described);
  }

  @Test
  void everyParameterThatIsDescribed_isKnownToTheService_andNoOther() {
    ApiClient api = Kit.as(ServerForTests.sqlite(), "dora");
    for (Description.Operation operation : Description.operations()) {
      String path =
          operation.path().substring(ApiClient.ROOT.length()).replaceAll("\\{[^}]+}", "x");
      String body = operation.node().has("requestBody") ? "{}" : null;
      String type = body == null ? null : "application/json";
      List<String> names = new ArrayList<>();
      for (JsonNode parameter : operation.parameters()) {
        if (parameter.get("in").asString().equals("query")) {
          names.add(parameter.get("name").asString());
        }
      }
      // Empty values are wrong for all of them: each is named, as one that is known.
      String query = String.join("=&", names) + (names.isEmpty() ? "" : "=&") + "other=";
      HttpAnswer answer = api.send(operation.method(), path + "?" + query, body, type);
      assertThat(answer.status()).as(operation + answer.body()).isEqualTo(400);
      for (JsonNode error : answer.json().get("errors")) {
        boolean isOther = error.get("field").asString().equals("other");
        assertThat(error.get("message").asString().contains("is no parameter here"))
            .as(operation + " " + error)
            .isEqualTo(isOther);
      }
      List<String> wrong = answer.json().get("errors").findValuesAsString("field");
      names.add("other");
      assertThat(wrong).as(operation + "").containsAll(names);
    }
  }
}
