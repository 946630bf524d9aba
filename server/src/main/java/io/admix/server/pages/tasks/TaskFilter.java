package io.admix.server.pages.tasks;

import io.admix.catalog.PageRequest;
import io.admix.catalog.Task;
import io.admix.catalog.TaskOrigin;
import io.admix.catalog.TaskQuery;
import io.admix.server.pages.PageParameters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Which tasks the list shows, as its address says. What nobody knows does not narrow: an address
 * that was typed still shows something.
 *
 * @param name part of the name, "" for any
 */
public record TaskFilter(
    String name, Task.@Nullable Status status, @Nullable TaskOrigin origin, int page) {
  static final int PAGE_SIZE = 25;
  private static final int PAGE_MAX = 1_000_000;

  static TaskFilter of(String name, String status, String origin, String page) {
    return new TaskFilter(
        PageParameters.search(name),
        word(Task.Status.class, status).orElse(null),
        word(TaskOrigin.class, origin).orElse(null),
        number(page));
  }

  private static <W extends Enum<W>> Optional<W> word(Class<W> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(word -> word.name().equals(text.strip().toUpperCase(Locale.ROOT)))
        .findFirst();
  }

  static int number(String text) {
    return text.matches("[0-9]{1,7}") ? Math.clamp(Long.parseLong(text), 1, PAGE_MAX) : 1;
  }

  TaskQuery query() {
    return new TaskQuery(
        name.isEmpty() ? null : name,
        status == null ? Set.of() : Set.of(status),
        origin,
        new PageRequest(page, PAGE_SIZE));
  }

  public boolean isAnything() {
    return name.isEmpty() && status == null && origin == null;
  }

  /** The word in the address, "" for any. */
  public String statusWord() {
    return status == null ? "" : status.name().toLowerCase(Locale.ROOT);
  }

  /** The word in the address, "" for any. */
  public String originWord() {
    return origin == null ? "" : origin.name().toLowerCase(Locale.ROOT);
  }

  /** The same tasks in that state, from the first page. */
  public TaskFilter in(Task.@Nullable Status other) {
    return new TaskFilter(name, other, origin, 1);
  }

  public TaskFilter at(int otherPage) {
    return new TaskFilter(name, status, origin, otherPage);
  }

  /** The address of the list. */
  public String address() {
    return address("/tasks");
  }

  /** The address of its rows alone. */
  public String rows() {
    return address("/tasks/rows");
  }

  private String address(String path) {
    UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
    add(address, "name", name);
    add(address, "state", statusWord());
    add(address, "origin", originWord());
    add(address, "page", page == 1 ? "" : Integer.toString(page));
    return address.encode().toUriString();
  }

  private static void add(UriComponentsBuilder address, String name, String value) {
    if (!value.isEmpty()) {
      // As a template's value: what it holds is no template itself.
      address.queryParam(name, "{" + name + "}").uriVariables(java.util.Map.of(name, value));
    }
  }
}
