package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of answers, and how long. */
class RememberedTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final List<String> found = new ArrayList<>();
  private final Remembered<String, Integer> answers =
      new Remembered<>(
          new Remembered.Bounds<>(3, 100, String::length, Duration.ofSeconds(30)), () -> now);

  private int ask(String key, Duration cost, Duration keepMost) {
    return answers.get(
        key,
        keepMost,
        () -> {
          found.add(key);
          now = now.plus(cost);
          return key.length();
        });
  }

  private int ask(String key) {
    return ask(key, Duration.ZERO, LONG);
  }

  @Test
  void theOldestGo_whenThereAreTooMany_orTheyAreTooLarge() {
    String large = "x".repeat(99);
    List.of("a", "b", "c", "a", "d", "a", "b").forEach(this::ask);
    assertThat(found).containsExactly("a", "b", "c", "d", "b");
    ask(large);
    ask("b");
    assertThat(ask(large)).isEqualTo(99);
    ask("a");
    assertThat(found).endsWith("d", "b", large, "a");
    found.clear();
    ask("y".repeat(101));
    ask("y".repeat(101));
    assertThat(found).as("larger than all that is kept").hasSize(2);
  }

  @Test
  void theDearerTheLonger_butNotLongerThanAsked() {
    ask("dear", Duration.ofSeconds(10), LONG);
    ask("foreign", Duration.ofSeconds(10), Duration.ofSeconds(30));
    now = now.plusSeconds(31);
    ask("dear");
    ask("foreign");
    assertThat(found).containsExactly("dear", "foreign", "foreign");
    now = now.plusSeconds(170);
    ask("dear");
    assertThat(found).endsWith("dear");
  }
}
