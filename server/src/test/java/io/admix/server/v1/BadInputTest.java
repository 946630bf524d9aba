package io.admix.server.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.server.HttpAnswer;
import io.admix.server.ServerForTests;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Each field of each request wrong in each way: 4xx, and the field is named. */
class BadInputTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private final ApiClient api = Kit.as(ServerForTests.sqlite(), "bert");

  private static List<String> fields(HttpAnswer answer) {
    List<String> fields = new ArrayList<>();
    answer.json().path("errors").forEach(e -> fields.add(e.get("field").asString()));
    return fields;
  }

  private void refused(HttpAnswer answer, String field) {
    assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
    assertThat(fields(answer)).as(answer.body()).contains(field);
  }

  /** Values that are no good wherever a text is wanted. */
  private static final List<String> NO_TEXTS =
      List.of("null", "\"\"", "5", "true", "[]", "{}", "[\"a\"]", "\"\\u0000\"", "\"\\ud800\"");

  private static Stream<Arguments> wrongFieldsOfADataset() {
    List<Arguments> all = new ArrayList<>();
    NO_TEXTS.forEach(v -> {
      all.add(Arguments.of("name", v));
      all.add(Arguments.of("path", v));
      all.add(Arguments.of("type", v));
    });
    for (String name : List.of("a/b", "..", ".", "a\\u0000b", "x".repeat(300), ".admix-x")) {
      all.add(Arguments.of("name", "\"" + name + "\""));
    }
    for (String path :
        List.of("etc", "../..", "/etc", "/proc/self", "/", "a\\u0000", "/" + "x/".repeat(3000))) {
      all.add(Arguments.of("path", "\"" + path + "\""));
    }
    all.add(Arguments.of("type", "\"TEXTS\""));
    all.add(Arguments.of("type", "\"text\""));
    for (String flag : List.of("labelsFromFolders", "checksum")) {
      for (String value : List.of("null", "\"true\"", "1", "[]", "{}", "\"\"")) {
        all.add(Arguments.of(flag, value));
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("wrongFieldsOfADataset")
  void aWrongFieldOfADataset_isNamed(String field, String value) {
    ObjectNode body = JSON.createObjectNode();
    body.put("name", Kit.name("bad")).put("path", ServerForTests.sqlite().sources() + "/none-here");
    String others = body.without(field).toString().substring(1);
    String text = "{\"" + field + "\":" + value + "," + others;
    refused(api.post("/datasets", text), field);
  }

  @Test
  void whatIsMissing_isNamed_allAtOnce() {
    HttpAnswer answer = api.post("/datasets", "{\"typ\":\"TEXT\",\"checksum\":1}");
    assertThat(fields(answer)).containsExactlyInAnyOrder("name", "path", "typ", "checksum");
    assertThat(answer.body()).contains("did you mean `type`?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"a\",\"name\":\"b\",\"path\":\"/x\"} | name",
        "{\"name\" | ''",
        "[] | ''",
        "\"text\" | ''",
        "{} {} | ''",
        "null | ''",
        "nonsense | ''",
        "{\"name\":1e999999999} | ''",
      })
  void aBodyThatIsNoJsonObject_isRefused(String body, String field) {
    HttpAnswer answer = api.post("/datasets", body);
    assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
    assertThat(answer.json().get("errors").isEmpty()).isFalse();
    if (field.equals("name")) {
      refused(answer, field);
    }
  }

  @Test
  void aBodyThatIsDeeplyNested_orNoUtf8_isRefused() {
    refused(api.post("/datasets", "{\"name\":" + "[".repeat(100_000)), "");
    refused(api.post("/datasets", ""), "");
    refused(api.post("/tasks", "{\"name\":" + "[".repeat(100_000)), "");
  }

  private static Stream<Arguments> wrongRecipes() {
    List<Arguments> all = new ArrayList<>();
    String sources = "\"sources\":[{\"dataset\":\"d\",\"count\":1}]";
    List<String[]> top = new ArrayList<>();
    for (String v : List.of("null", "\"\"", "[]", "{}", "\"a/b\"", "\"\\u0000\"", "\"..\"")) {
      top.add(new String[] {"name", v});
    }
    for (String v : List.of("-1", "1.5", "9007199254740992", "\"x\"", "[]", "null", "1e99")) {
      top.add(new String[] {"seed", v});
    }
    for (String v :
        List.of("0", "-5", "1.5", "\"most\"", "[]", "null", "1e400", "99999999999999999999")) {
      top.add(new String[] {"total", v});
    }
    for (String key : List.of("layout", "on-shortage", "on-error")) {
      for (String v : List.of("\"x\"", "1", "[]", "null", "\"\"")) {
        top.add(new String[] {key, v});
      }
    }
    for (String v : List.of("\"/etc/x\"", "\"x\"", "null", "[]", "5")) {
      top.add(new String[] {"target", v});
    }
    top.add(new String[] {"unknown", "1"});
    top.add(new String[] {"link", "[]"});
    top.add(new String[] {"link", "null"});
    for (String[] pair : top) {
      String name = pair[0].equals("name") ? "" : "\"name\":\"m\",";
      all.add(Arguments.of("{%s\"%s\":%s,%s}".formatted(name, pair[0], pair[1], sources), pair[0]));
    }
    all.add(Arguments.of("{" + sources + "}", "name"));
    all.add(Arguments.of("{\"name\":\"m\"}", "sources"));
    for (String v : List.of("null", "{}", "[]", "5", "\"x\"")) {
      all.add(Arguments.of("{\"name\":\"m\",\"sources\":" + v + "}", "sources"));
    }
    for (String[] pair :
        new String[][] {
          {"\"dataset\":\"\",\"count\":1", "dataset"},
          {"\"dataset\":[],\"count\":1", "dataset"},
          {"\"path\":\"rel\",\"count\":1", "path"},
          {"\"path\":\"\",\"count\":1", "path"},
          {"\"dataset\":\"d\",\"count\":-1", "count"},
          {"\"dataset\":\"d\",\"count\":\"x\"", "count"},
          {"\"dataset\":\"d\",\"percent\":101", "percent"},
          {"\"dataset\":\"d\",\"percent\":-1", "percent"},
          {"\"dataset\":\"d\",\"weight\":0", "weight"},
          {"\"dataset\":\"d\",\"weight\":{}", "weight"},
          {"\"dataset\":\"d\",\"count\":1,\"name\":\"a/b\"", "name"},
          {"\"dataset\":\"d\",\"count\":1,\"label\":5", "label"},
          {"\"dataset\":\"d\",\"count\":1,\"label\":{}", "label"},
          {"\"dataset\":\"d\",\"count\":1,\"tagged\":{\"since\":\"x\"}", "tagged.since"},
          {
            "\"dataset\":\"d\",\"count\":1,\"modified\":{\"until\":\"2025-13-01\"}",
            "modified.until"
          },
          {"\"dataset\":\"d\",\"count\":1,\"include\":[\"[\"]", "include[0]"},
          {"\"dataset\":\"d\",\"count\":1,\"exclude\":[]", "exclude"},
          {"\"dataset\":\"d\",\"count\":1,\"nam\":\"x\"", "nam"},
        }) {
      all.add(
          Arguments.of(
              "{\"name\":\"m\",\"total\":10,\"sources\":[{" + pair[0] + "}]}",
              "sources[0]." + pair[1]));
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("wrongRecipes")
  void aWrongFieldOfARecipe_isNamed_withItsPlace(String recipe, String field) {
    HttpAnswer answer = api.post("/tasks", recipe);
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    refused(answer, field);
    for (JsonNode error : answer.json().get("errors")) {
      assertThat(error.get("line").asInt()).as(answer.body()).isEqualTo(1);
      assertThat(error.get("column").asInt()).as(answer.body()).isPositive();
    }
    refused(api.post("/plans", recipe), field);
  }

  @ParameterizedTest
  @MethodSource("yamlTricks")
  void aTrickInYaml_isRefused(String yaml) {
    HttpAnswer answer = api.send("POST", "/tasks", yaml, "application/yaml");
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.json().get("errors").isEmpty()).isFalse();
  }

  private static Stream<String> yamlTricks() {
    StringBuilder laughs = new StringBuilder("a: &a [x]\n");
    for (char c = 'b'; c < 'm'; c++) {
      char before = (char) (c - 1);
      laughs.append("%c: &%c [%s]\n".formatted(c, c, ("*" + before + ",").repeat(9)));
    }
    return Stream.of(
        laughs.toString(),
        "name: !!javax.script.ScriptEngineManager [!!java.net.URL [\"file:///etc/passwd\"]]\n",
        "name: &x m\nsources: *x\n",
        "name: m\n---\nname: n\n",
        "name: m\nname: n\n",
        "? [a, b]\n: c\n",
        "name: \"\\x\"\n",
        "\tname: m\n",
        "%YAML 3.0\n---\nname: m\n",
        "- ".repeat(2_000) + "x",
        "name: " + "[".repeat(5_000),
        "<<: {name: m}\n",
        "\u0007",
        "",
        "just words");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/datasets?page=0 | page",
        "/datasets?page=-1 | page",
        "/datasets?page=x | page",
        "/datasets?page=1&page=2 | page",
        "/datasets?page=99999999999999 | page",
        "/datasets?page=+1 | page",
        "/datasets?page=%D9%A1 | page",
        "/datasets?pageSize=0 | pageSize",
        "/datasets?pageSize=1001 | pageSize",
        "/datasets?pageSize= | pageSize",
        "/datasets?pagesize=5 | pagesize",
        "/datasets?name= | name",
        "/datasets?type=TEXTS | type",
        "/datasets?order=name | order",
        "/tasks?status=running | status",
        "/tasks?origin=x | origin",
        "/tasks/none?x=1 | x",
        "/datasets/none/files?size=0 | size",
        "/datasets/none/files?size=1001 | size",
        "/datasets/none/matches?taggedSince=x | taggedSince",
        "/datasets/none/matches?taggedUntil=2025-02-30 | taggedUntil",
        "/datasets/none/matches?modifiedSince=2025-01-01T99:00:00 | modifiedSince",
        "/datasets/none/matches?modifiedSince=2025-02-01&modifiedUntil=2025-01-01 | modifiedSince",
        "/datasets/none/matches?include=%5B | include",
        "/datasets/none/matches?exclude= | exclude",
        "/datasets/none/matches?label= | label",
        "/datasets/none/matches?value= | value",
        "/datasets/none/origin | path",
        "/datasets/none/origin?path= | path",
        "/lineage | dataset",
        "/lineage?dataset=x&max=0 | max",
        "/lineage?dataset=x&max=1001 | max",
        "/lineage?dataset=x&max=abc | max",
        "/system?x | x",
      })
  void aWrongParameter_isNamed(String path, String field) {
    HttpAnswer answer = api.get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    refused(answer, field);
  }

  @Test
  void queriesThatAreNoText_areRefused() {
    for (String query : List.of("name=%00", "name=%FF", "name=a%C3", "%00=1")) {
      HttpAnswer answer = api.get("/datasets?" + query);
      assertThat(answer.status()).as(query).isEqualTo(400);
    }
    HttpAnswer answer = api.get("/datasets?name=" + "x".repeat(1_001));
    assertThat(answer.status()).isEqualTo(400);
    refused(answer, "name");
    refused(api.get("/datasets/none/matches?value=" + "a&value=".repeat(150) + "b"), "value");
    assertThat(api.get("/datasets?" + "page=1&".repeat(300)).status()).isEqualTo(400);
  }

  @Test
  void aParameterThatIsWrong_isNamedOfChangesToo() {
    refused(api.delete("/datasets/none?files=yes"), "files");
    refused(api.delete("/datasets/none?file=true"), "file");
    refused(api.post("/tasks?taskName=", "{}"), "taskName");
    refused(api.post("/tasks?taskName=" + "x".repeat(256), "{}"), "taskName");
    refused(api.post("/plans?x=1", "{}"), "x");
    refused(api.post("/datasets/none/rescan", "{\"checksum\":5}"), "checksum");
    refused(api.post("/tasks/none/cancel", "{\"force\":true}"), "");
  }

  @Test
  void aPlanThatIsNone_isNamed() {
    for (String value :
        List.of("null", "\"\"", "5", "[]", "\"xyz\"", "\"" + "A".repeat(64) + "\"")) {
      refused(api.post("/tasks", "{\"plan\":" + value + "}"), "plan");
    }
    refused(api.post("/tasks", "{\"plan\":\"" + "0".repeat(64) + "\",\"seed\":1}"), "seed");
    assertThat(api.post("/tasks", "{\"plan\":\"" + "0".repeat(64) + "\"}").status()).isEqualTo(404);
  }

  @Test
  void aRootThatIsNone_isNamed() {
    for (String value : List.of("null", "\"\"", "5", "\"/etc\"", "\"..\"", "[]")) {
      refused(api.post("/system/doctor", "{\"source\":" + value + "}"), "source");
    }
    refused(api.post("/system/doctor", "{}"), "source");
  }
}
