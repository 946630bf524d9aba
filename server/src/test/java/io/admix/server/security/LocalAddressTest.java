package io.admix.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalAddressTest {

  @ParameterizedTest
  @CsvSource({
    "/tasks,/tasks",
    "/tasks?page=2&name=a%20b,/tasks?page=2&name=a%20b",
    "/datasets?search=中文,/datasets?search=%E4%B8%AD%E6%96%87",
    "/compose#recipe,/compose#recipe"
  })
  void aPageHere_isLedTo_inWhatAHeaderCanHold(String written, String address) {
    assertThat(LocalAddress.of(written)).hasToString(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tasks",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "/a\nb",
        "/%zz",
        "/\uD800"
      })
  void anythingElse_leadsToTheFirstPage(String written) {
    assertThat(LocalAddress.of(written)).hasToString("/");
  }

  @Test
  void whatIsTooLongForAHeader_leadsToTheFirstPage() {
    assertThat(LocalAddress.of("/" + "x".repeat(3_000)).toString()).hasSize(3_001);
    assertThat(LocalAddress.of("/" + "x".repeat(4_000))).hasToString("/");
    assertThat(LocalAddress.of("/" + "中".repeat(1_000))).hasToString("/");
  }

  @Test
  void ofAReferer_pathAndQueryAreTaken() {
    assertThat(LocalAddress.ofReferer("http://127.0.0.1:8080/tasks/7?tab=made"))
        .hasValueSatisfying(page -> assertThat(page).hasToString("/tasks/7?tab=made"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "about:blank", "https://mix.example.org", "%%%"})
  void aRefererWithoutAPath_isNone(String referer) {
    assertThat(LocalAddress.ofReferer(referer)).isEmpty();
  }
}
