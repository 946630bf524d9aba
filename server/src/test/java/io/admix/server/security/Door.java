package io.admix.server.security;

import io.admix.server.HttpAnswer;
import io.admix.server.HttpForTests;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.springframework.context.ApplicationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every door of a server, as Spring knows them: a new endpoint is among them by itself.
 *
 * @param path with something in place of its variables
 */
record Door(String method, String path) {

  static List<Door> all(ApplicationContext context) {
    List<Door> doors = new ArrayList<>();
    context
        .getBeansOfType(RequestMappingHandlerMapping.class)
        .values()
        .forEach(mapping -> mapping.getHandlerMethods().keySet().forEach(info -> add(info, doors)));
    doors.sort(Comparator.comparing(Door::path).thenComparing(Door::method));
    return doors.stream().distinct().toList();
  }

  private static void add(RequestMappingInfo info, List<Door> doors) {
    Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
    for (String pattern : info.getPatternValues()) {
      String path = pattern.replaceAll("\\{[^}]*}", "x").replace("**", "x").replace("*", "x");
      for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.values()) : methods) {
        // The JDK's client sends no TRACE; Tomcat refuses it before Spring is asked.
        if (method != RequestMethod.TRACE) {
          doors.add(new Door(method.name(), path));
        }
      }
    }
  }

  HttpAnswer knock(HttpForTests http) {
    boolean hasBody = method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    return http.send(method, path, hasBody ? "{}" : null, hasBody ? "application/json" : null);
  }

  boolean isHealth() {
    return path.startsWith("/health") && (method.equals("GET") || method.equals("HEAD"));
  }
}
