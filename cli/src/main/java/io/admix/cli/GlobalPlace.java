package io.admix.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Lets global options stand before the command too: {@code admix --home DIR dataset list}. They are
 * moved behind the command's name, where each command reads them.
 */
final class GlobalPlace {
  private static final Set<String> WITH_VALUE = Set.of("--home", "--db", "-c", "--setting");
  private static final Set<String> ALONE = Set.of("--json", "--quiet", "-q");
  private static final Set<String> GROUPS = Set.of("dataset", "task");

  private GlobalPlace() {}

  /**
   * The arguments in the order in which commands read them; anything unknown stays in its place.
   */
  static String[] behindCommand(String[] arguments) {
    List<String> names = new ArrayList<>();
    List<String> moved = new ArrayList<>();
    int at = 0;
    while (at < arguments.length && !isComplete(names)) {
      String argument = arguments[at];
      if (WITH_VALUE.contains(argument) && at + 1 < arguments.length) {
        moved.add(argument);
        moved.add(arguments[++at]);
      } else if (ALONE.contains(argument) || isJoined(argument)) {
        moved.add(argument);
      } else if (argument.startsWith("-")) {
        return arguments;
      } else {
        names.add(argument);
      }
      at++;
    }
    if (moved.isEmpty() || names.isEmpty()) {
      return arguments;
    }
    List<String> ordered = new ArrayList<>(names);
    ordered.addAll(moved);
    ordered.addAll(List.of(arguments).subList(at, arguments.length));
    return ordered.toArray(String[]::new);
  }

  private static boolean isComplete(List<String> names) {
    return !names.isEmpty() && (names.size() == 2 || !GROUPS.contains(names.getFirst()));
  }

  /** {@code --home=DIR} and {@code -ckey=value}. */
  private static boolean isJoined(String argument) {
    return WITH_VALUE.stream()
        .anyMatch(name ->
            argument.startsWith(name.startsWith("--") ? name + "=" : name)
                && argument.length() > name.length());
  }
}
