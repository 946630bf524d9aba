package io.admix.server.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.server.ServerForTests;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests out of the description, each part changed at random: whatever comes, the service answers
 * with what the description names, and never with 500 or a stack trace.
 */
class FuzzTest {
  private static final int REQUESTS = Integer.getInteger("admix.test.requests", 2_000);
  private static final List<String> ODD =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "1",
          "2147483648",
          "9223372036854775808",
          "1e309",
          "NaN",
          "true",
          "null",
          "[]",
          "{}",
          "..",
          "../../etc/passwd",
          "/etc/passwd",
          "/proc/self/root",
          "a/b",
          "a\\b",
          "\0",
          "\u0001",
          "é",
          "😀",
          "\ud800",
          "%00",
          "%",
          "'",
          "\"",
          "'; DROP TABLE t_dm_datasets; --",
          "<script>",
          "${jndi:ldap://x}",
          "{{7*7}}",
          "x".repeat(2_000),
          "\u202e",
          "a\r\nX-Injected: 1",
          "*",
          "**/*",
          "[",
          "2025-01-01",
          "2025-13-45",
          "+999999999-12-31",
          "-2025-01-01",
          "00000000-0000-0000-0000-000000000000",
          "0".repeat(64),
          "COMPLETED",
          "max",
          "hardlink");

  private final ServerForTests server = ServerForTests.sqlite();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Queue<String> found = new ConcurrentLinkedQueue<>();

  /** What is really there, so that not every request ends at "no such thing". */
  private final Map<String, String> ids = new HashMap<>();

  private String source;

  @BeforeEach
  void makeSomething() {
    ApiClient api = Kit.as(server, "fuzz");
    source = Kit.name("source");
    ids.put("datasets", api.registered(source, Kit.folder(server, 2)).get("id").asString());
    JsonNode task = api.mixed(Kit.recipe(Kit.name("mix"), source, 2));
    ids.put("tasks", task.get("id").asString());
    ids.put(
        "plans",
        api.json(201, api.post("/plans", Kit.recipe(Kit.name("mix"), source, 2)))
            .get("id")
            .asString());
  }

  @Test
  void noRequestOutOfTheDescription_endsIn500() throws Exception {
    long seed = Long.getLong("admix.test.seed", 20261123L);
    System.out.println("requests drawn with -Dadmix.test.seed=" + seed);
    Random random = new Random(seed);
    List<HttpRequest> requests = new ArrayList<>();
    while (requests.size() < REQUESTS) {
      List<Description.Operation> operations = Description.operations();
      requests.add(request(operations.get(random.nextInt(operations.size())), random));
    }
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> all = new ArrayList<>();
      requests.forEach(request -> all.add(threads.submit(() -> send(request))));
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(found).isEmpty();
  }

  private void send(HttpRequest request) {
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      boolean isBad =
          answer.statusCode() >= 500
              || answer.body().contains("\tat ")
              || answer.body().contains("Exception")
              || answer.statusCode() >= 400 && !isAmbiguous(request) && !isProblem(answer);
      if (isBad) {
        found.add(request + " -> " + answer.statusCode() + " " + answer.body());
      }
    } catch (Exception e) {
      found.add(request + " -> " + e);
    }
  }

  /** Refused by the web server itself: what stands in such a path, no two programs agree on. */
  private static boolean isAmbiguous(HttpRequest request) {
    String path = request.uri().getRawPath();
    return path.contains("%") || path.contains("..");
  }

  private static boolean isProblem(HttpResponse<String> answer) {
    return answer.headers().firstValue("Content-Type").orElse("").equals("application/problem+json")
        && Description.misfit(Description.DOCUMENT.at("/components/schemas/Problem"), answer.body())
            .equals("[]");
  }

  private HttpRequest request(Description.Operation operation, Random random) {
    String path = operation.path();
    StringBuilder query = new StringBuilder();
    HttpRequest.Builder builder = HttpRequest.newBuilder().timeout(Duration.ofSeconds(30));
    builder.header("User", "fuzz");
    for (JsonNode parameter : operation.parameters()) {
      String name = parameter.get("name").asString();
      String value = odd(random);
      switch (parameter.get("in").asString()) {
        case "path" ->
            path = path.replace("{" + name + "}", pathSegment(id(operation, value, random)));
        case "query" -> {
          if (random.nextInt(3) > 0) {
            query
                .append(query.isEmpty() ? "?" : "&")
                .append(encoded(name))
                .append('=')
                .append(encoded(value));
          }
        }
        default -> {
          if (random.nextInt(3) == 0) {
            builder.header(name, value.replaceAll("[^\\x20-\\x7e]", ""));
          }
        }
      }
    }
    JsonNode content = operation.node().at("/requestBody/content");
    HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.noBody();
    if (!content.isMissingNode()) {
      List<String> types = new ArrayList<>(content.propertyNames());
      String type = types.get(random.nextInt(types.size()));
      builder.header("Content-Type", random.nextInt(20) == 0 ? "text/plain" : type);
      String text = body(content.get(type), random);
      // Plans are cheap; tasks would run for real.
      body =
          HttpRequest.BodyPublishers.ofString(
              operation.id().equals("makePlan") ? text.replace("java", source) : text);
    }
    return builder
        .uri(URI.create(server.base() + path + query))
        .method(operation.method(), body)
        .build();
  }

  private String id(Description.Operation operation, String odd, Random random) {
    boolean isKept = operation.method().equals("GET") || operation.id().equals("rescanDataset");
    String there = ids.get(operation.path().split("/")[3]);
    return there != null && isKept && random.nextBoolean() ? there : odd;
  }

  private String body(JsonNode media, Random random) {
    JsonNode example =
        media.has("example")
            ? media.get("example")
            : media.get("examples").iterator().next().get("value");
    if (example.isString()) {
      return mutatedText(example.asString(), random);
    }
    JsonNode copy = example.deepCopy();
    for (int i = random.nextInt(3); i >= 0; i--) {
      mutate(copy, random);
    }
    return random.nextInt(10) == 0 ? mutatedText(copy.toString(), random) : copy.toString();
  }

  /** Puts something odd in the place of one value, wherever it stands. */
  private static void mutate(JsonNode node, Random random) {
    if (node instanceof ObjectNode object && !object.isEmpty()) {
      List<String> keys = new ArrayList<>(object.propertyNames());
      String key = keys.get(random.nextInt(keys.size()));
      if (object.get(key).isContainer() && random.nextBoolean()) {
        mutate(object.get(key), random);
      } else if (random.nextInt(6) == 0) {
        object.remove(key);
      } else if (random.nextInt(6) == 0) {
        object.set(odd(random), oddNode(random));
      } else {
        object.set(key, oddNode(random));
      }
    } else if (node instanceof ArrayNode array && !array.isEmpty()) {
      int at = random.nextInt(array.size());
      if (array.get(at).isContainer() && random.nextBoolean()) {
        mutate(array.get(at), random);
      } else {
        array.set(at, oddNode(random));
      }
    }
  }

  private static JsonNode oddNode(Random random) {
    JsonMapper json = JsonMapper.shared();
    return switch (random.nextInt(6)) {
      case 0 -> json.nullNode();
      case 1 -> json.createArrayNode().add(odd(random).replace("\ud800", ""));
      case 2 -> json.createObjectNode().put("x", 1);
      case 3 -> json.readTree(random.nextBoolean() ? "-1" : "1e400");
      case 4 -> json.readTree(Long.toString(random.nextLong()));
      default -> json.getNodeFactory().stringNode(odd(random).replace("\ud800", "�"));
    };
  }

  private static String mutatedText(String text, Random random) {
    int at = random.nextInt(text.length());
    return switch (random.nextInt(5)) {
      case 0 -> text.substring(0, at);
      case 3 -> odd(random).replace("\ud800", "");
      case 4 -> text.substring(at);
      case 1 -> text.substring(0, at) + odd(random).replace("\ud800", "") + text.substring(at);
      default -> text.substring(0, at) + text.substring(Math.min(text.length(), at + 3));
    };
  }

  private static String odd(Random random) {
    return ODD.get(random.nextInt(ODD.size()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String pathSegment(String text) {
    return text.isEmpty() ? "x" : encoded(text).replace("+", "%20");
  }
}
