package io.admix.files;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Locale;
import java.util.Map;

/** A real folder that takes names that differ only in case for one, as vfat does. */
final class FoldingFolder {
  /** Which argument is a name in the folder itself. */
  private static final Map<String, Integer> NAME_AT =
      Map.ofEntries(
          Map.entry("head", 0),
          Map.entry("digest", 0),
          Map.entry("makeFolder", 0),
          Map.entry("stat", 0),
          Map.entry("readLink", 0),
          Map.entry("deleteFile", 0),
          Map.entry("deleteFolder", 0),
          Map.entry("symlink", 1),
          Map.entry("link", 2),
          Map.entry("reflink", 2),
          Map.entry("copy", 2));

  private final Folder real;
  private final boolean listsLowerCase;

  private FoldingFolder(Folder real, boolean listsLowerCase) {
    this.real = real;
    this.listsLowerCase = listsLowerCase;
  }

  /** Names are listed as they were made. */
  static Folder over(Folder real) {
    return new FoldingFolder(real, false).proxy();
  }

  /** Names are listed in lower case, whatever they were made as. */
  static Folder losing(Folder real) {
    return new FoldingFolder(real, true).proxy();
  }

  private Folder proxy() {
    return (Folder)
        Proxy.newProxyInstance(
            Folder.class.getClassLoader(),
            new Class<?>[] {Folder.class},
            (proxy, method, arguments) -> call(method, arguments));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    Integer at = NAME_AT.get(method.getName());
    Object[] given = arguments == null ? new Object[0] : arguments.clone();
    if (at != null && given.length > at) {
      given[at] = actual((String) given[at]);
    }
    if (method.getName().equals("list") && listsLowerCase) {
      Folder.Visitor visitor = (Folder.Visitor) given[0];
      given[0] = (Folder.Visitor) (name, kind) -> visitor.entry(lower(name), kind);
    }
    try {
      return method.invoke(real, given);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static String lower(String name) {
    return name == null ? null : name.toLowerCase(Locale.ROOT);
  }

  private String actual(String name) throws Fault {
    String[] found = {name};
    real.list((entry, kind) -> {
      if (name.equalsIgnoreCase(entry)) {
        found[0] = entry;
      }
    });
    return found[0];
  }
}
