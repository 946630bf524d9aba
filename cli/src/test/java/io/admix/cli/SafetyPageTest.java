package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/safety.md names a test for every promise: each must be there. */
class SafetyPageTest {
  private static final Pattern NAMED =
      Pattern.compile("`([A-Z]\\w+(?:Test|Contract))(?:#(\\w+))?`");
  private static final Pattern ROW = Pattern.compile("^\\| .*$", Pattern.MULTILINE);

  @Test
  void everyTestThatThePageNames_isThere() throws IOException {
    Map<String, String> tests = tests();
    List<String> missing = new ArrayList<>();
    Matcher named = NAMED.matcher(page());
    int seen = 0;
    while (named.find()) {
      seen++;
      String code = tests.get(named.group(1));
      String method = named.group(2);
      if (code == null || method != null && !code.contains("void " + method + "(")) {
        missing.add(named.group());
      }
    }
    assertThat(missing).isEmpty();
    assertThat(seen).as("tests named").isGreaterThan(30);
  }

  @Test
  void everyPromise_namesATest() throws IOException {
    List<String> without = new ArrayList<>();
    Matcher row = ROW.matcher(page());
    while (row.find()) {
      boolean isPromise =
          !row.group().startsWith("| promise |")
              && !row.group().startsWith("|---")
              && row.group().chars().filter(c -> c == '|').count() == 3;
      if (isPromise && !NAMED.matcher(row.group()).find()) {
        without.add(row.group());
      }
    }
    assertThat(without).isEmpty();
  }

  private static String page() throws IOException {
    return Files.readString(Repository.root().resolve("docs/safety.md"));
  }

  /** Class name to source text. */
  private static Map<String, String> tests() throws IOException {
    Map<String, String> tests = new HashMap<>();
    try (Stream<Path> modules = Files.list(Repository.root())) {
      for (Path module :
          modules.filter(m -> Files.isDirectory(m.resolve("src/test/java"))).toList()) {
        try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
          for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
            String name = file.getFileName().toString().replace(".java", "");
            tests.put(name, Files.readString(file));
          }
        }
      }
    }
    return tests;
  }
}
