package io.admix.server.v1;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/** Methods that an address knows. */
final class Methods {
  private Methods() {}

  /** With HEAD beside GET, and OPTIONS, which every address answers. */
  static List<String> allowed(@Nullable Collection<HttpMethod> mapped) {
    TreeSet<String> names = new TreeSet<>(List.of("OPTIONS"));
    if (mapped != null) {
      mapped.forEach(method -> names.add(method.name()));
    }
    if (names.contains("GET")) {
      names.add("HEAD");
    }
    return List.copyOf(names);
  }
}
