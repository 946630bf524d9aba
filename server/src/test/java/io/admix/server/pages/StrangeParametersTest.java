package io.admix.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.server.HttpAnswer;
import io.admix.server.HttpForTests;
import io.admix.server.ServerForTests;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.MethodParameter;
import org.springframework.core.StandardReflectionParameterNameDiscoverer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Addresses that nobody's page holds, at every page that Spring knows: a new one is among them. */
class StrangeParametersTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  /** Values, as an address writes them. */
  private static final List<String> STRANGE =
      List.of("", "a", "%00", "a%00b", "-1", "9".repeat(40), "x".repeat(5_000), "%F0%9F%90%98");

  /** Making datasets to try things out with depends on no parameter. */
  private static final String DEMO = "/datasets/demo";

  private record Place(String method, String path, List<String> parameters) {
    List<String> queries() {
      List<String> queries = new ArrayList<>();
      queries.add("");
      for (String name : parameters) {
        STRANGE.forEach(value -> queries.add(name + "=" + value));
        queries.add(name + "=1&" + name + "=b");
      }
      STRANGE.forEach(value -> queries.add(all(value)));
      return queries;
    }

    private String all(String value) {
      return String.join("&", parameters.stream().map(name -> name + "=" + value).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("io.admix.server.ServerForTests#both")
  void whateverAnAddressSays_noPageFails(ServerForTests server) {
    HttpForTests http = server.as("stranger").with("HX-Request", "true");
    List<Place> places = places(server);
    assertThat(places).hasSizeGreaterThan(30);
    List<String> failed = new ArrayList<>();
    for (Place place : places) {
      for (String query : place.queries()) {
        boolean isGet = place.method.equals("GET");
        HttpAnswer answer =
            isGet
                ? http.get(place.path + "?" + query)
                : http.send(place.method, place.path, query, FORM);
        if (answer.status() >= 500) {
          failed.add(place.method + " " + place.path + " " + query + ": " + answer.body());
        }
      }
    }
    assertThat(failed).isEmpty();
  }

  private static List<Place> places(ServerForTests server) {
    Map<RequestMappingInfo, HandlerMethod> mappings =
        server
            .context()
            .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
            .getHandlerMethods();
    String ours = StrangeParametersTest.class.getPackageName();
    return mappings.entrySet().stream()
        .filter(entry -> entry.getValue().getBeanType().getPackageName().startsWith(ours))
        .flatMap(entry -> places(entry.getKey(), parameters(entry.getValue())))
        .filter(place -> !place.path.equals(DEMO))
        .toList();
  }

  private static Stream<Place> places(RequestMappingInfo info, List<String> parameters) {
    return info.getPatternValues().stream()
        .flatMap(pattern ->
            info.getMethodsCondition().getMethods().stream()
                .map(RequestMethod::name)
                .map(method -> new Place(method, filled(pattern), parameters)));
  }

  private static String filled(String pattern) {
    return pattern.replaceAll("\\{[^}]*}", "x");
  }

  /** Those of the method, and those that the form of a recipe has. */
  private static List<String> parameters(HandlerMethod method) {
    List<String> names = new ArrayList<>();
    for (MethodParameter parameter : method.getMethodParameters()) {
      RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
      if (annotation != null) {
        parameter.initParameterNameDiscovery(new StandardReflectionParameterNameDiscoverer());
        String name =
            annotation.name().isEmpty() ? parameter.getParameterName() : annotation.name();
        names.add(String.valueOf(name));
      }
    }
    if (method.getBeanType().getSimpleName().startsWith("Compose")) {
      names.addAll(Arrays.asList("name", "total", "row", "dataset.1", "label.1", "include.1"));
    }
    return names.stream().distinct().toList();
  }
}
