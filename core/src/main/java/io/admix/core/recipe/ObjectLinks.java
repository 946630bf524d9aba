package io.admix.core.recipe;

import io.admix.core.name.ObjectAddress;
import io.admix.core.name.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Objects can be copied and nothing else: what {@code link} says where a recipe names any. */
public final class ObjectLinks {
  private ObjectLinks() {}

  /**
   * Whether an order of methods fits objects: {@code [copy]}, or the default one, of which objects
   * take the copy.
   */
  public static boolean fit(List<LinkMethod> order) {
    return order.equals(LinkMethod.DEFAULT_ORDER) || order.equals(List.of(LinkMethod.COPY));
  }

  /** What is wrong with an order that does not fit, as the end of a sentence about the recipe. */
  public static String problem(List<LinkMethod> order, String place) {
    String others =
        order.stream()
            .filter(method -> method != LinkMethod.COPY)
            .map(method -> "`" + method.word() + "`")
            .collect(Collectors.joining(", "));
    return "%s cannot be had with %s, where objects are: they can only be copied; write `link: [copy]`, or leave `link` out"
        .formatted(others.isEmpty() ? "no method at all" : others, place);
  }

  /** The order, {@code [copy]} where the target holds objects; a problem where it does not fit. */
  static List<LinkMethod> checked(
      Fields fields, List<LinkMethod> order, @Nullable String target, List<SourceSpec> sources) {
    List<String> places = new ArrayList<>();
    boolean isToObjects = false;
    if (target != null && ObjectAddress.isAddress(target)) {
      isToObjects = true;
      places.add("the target " + Printable.of(target));
    }
    for (SourceSpec source : sources) {
      if (source.origin() instanceof Origin.Folder folder
          && ObjectAddress.isAddress(folder.path())) {
        places.add("source `" + source.name() + "`");
      }
    }
    if (!places.isEmpty() && !order.isEmpty() && !fit(order)) {
      fields.problem("link", problem(order, String.join(", ", places)));
    }
    return isToObjects ? List.of(LinkMethod.COPY) : order;
  }
}
