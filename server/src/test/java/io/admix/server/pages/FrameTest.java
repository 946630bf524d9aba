package io.admix.server.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.admix.server.pages.BrowserForTests.assertAccessible;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.admix.server.HttpForTests;
import io.admix.server.ServerForTests;
import io.admix.server.pages.BrowserForTests.Looks;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all pages share: menu, languages, light and dark, faults. */
class FrameTest {
  private final ServerForTests server = ServerForTests.sqlite();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theSystemPageSaysWhatTheServiceRunsOn_lightAndDark(boolean isDark) {
    Looks looks = isDark ? Looks.DESKTOP.dark() : Looks.DESKTOP;
    try (BrowserForTests browser = BrowserForTests.at(server, looks)) {
      Page page = browser.open("/system");
      assertThat(page).hasTitle("System · Admix");
      assertThat(page.getByRole(AriaRole.NAVIGATION).getByText("System"))
          .hasAttribute("aria-current", "page");
      assertThat(page.getByText("workers at most:")).isVisible();
      assertAccessible(page);
    }
  }

  @Test
  void whatARootCanDo_isTriedOnAClick() {
    try (BrowserForTests browser = BrowserForTests.at(server)) {
      Page page = browser.open("/system");
      page.getByRole(AriaRole.BUTTON, named("Try what can be done with " + server.sources()))
          .click();
      assertThat(page.getByText("same mount as the mixes")).isVisible();
      BrowserForTests.picture(page, "system");
      assertAccessible(page);
    }
  }

  @Test
  void theLanguageIsTheBrowsers_andCanBeSwitched() {
    try (BrowserForTests browser = BrowserForTests.at(server, Looks.DESKTOP.chinese().phone())) {
      Page page = browser.open("/system?x=1");
      assertThat(page).hasTitle("系统 · Admix");
      assertAccessible(page);
      page.getByRole(AriaRole.LINK, link("English")).click();
      assertThat(page).hasTitle("System · Admix");
      assertThat(page).hasURL(Pattern.compile(".*/system\\?x=1$"));
      page.reload();
      assertThat(page).hasTitle("System · Admix");
    }
  }

  @Test
  void lightAndDarkAreChosenByAClick_andKept() {
    try (BrowserForTests browser = BrowserForTests.at(server)) {
      Page page = browser.open("/system");
      assertThat(page.locator("html")).hasAttribute("data-theme", "auto");
      page.getByRole(AriaRole.LINK, link("Use light colours")).click();
      assertThat(page.locator("html")).hasAttribute("data-theme", "light");
      page.getByRole(AriaRole.LINK, link("Use dark colours")).click();
      page.reload();
      assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    }
  }

  @Test
  void whatIsNotThere_isSaidByAPage() {
    try (BrowserForTests browser = BrowserForTests.at(server)) {
      browser.expectRefusal(404);
      Page page = browser.open("/nothing/here");
      assertThat(page.getByRole(AriaRole.HEADING)).hasText("There is no such thing");
      assertThat(page.getByText("Nothing is at this address.")).isVisible();
      assertAccessible(page);
    }
  }

  @Test
  void fromThePageThatAnswersAForm_theWayBackIsThePageWithTheForm() {
    String form = "application/x-www-form-urlencoded";
    HttpForTests http = server.http();
    assertThat(
            http.with("Referer", server.base() + "/datasets/register?folder=x")
                .send("POST", "/datasets", "folder=", form)
                .body())
        .contains("back=%2Fdatasets%2Fregister%3Ffolder%3Dx\"");
    for (String none : new String[] {"about:blank", "%%%", "https://elsewhere.example"}) {
      assertThat(http.with("Referer", none).send("POST", "/datasets", "folder=", form).body())
          .contains("back=%2Fdatasets\"");
    }
    assertThat(http.send("POST", "/datasets", "folder=", form).body())
        .contains("back=%2Fdatasets\"");
    assertThat(http.get("/datasets/register?folder=x").body())
        .contains("back=%2Fdatasets%2Fregister%3Ffolder%3Dx\"");
  }

  @Test
  void anAddressOfAnotherSiteIsNotLedTo() {
    for (String back : new String[] {"//evil.example", "https://evil.example", "/\\evil.example"}) {
      assertThat(
              server
                  .http()
                  .get(
                      "/preferences?language=zh&back="
                          + java.net.URLEncoder.encode(
                              back, java.nio.charset.StandardCharsets.UTF_8))
                  .header("Location"))
          .isEqualTo("/");
    }
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Page.GetByRoleOptions link(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
