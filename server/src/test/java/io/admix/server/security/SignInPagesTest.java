package io.admix.server.security;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.admix.server.pages.BrowserForTests.assertAccessible;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import io.admix.server.ServerForTests;
import io.admix.server.pages.BrowserForTests;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Getting in and out, in a browser. */
class SignInPagesTest {

  @Test
  void whoeverHasTheToken_isLedToThePageThatHeWanted_andOutAgain() throws Exception {
    try (ServerForTests server = ServerForTests.start();
        BrowserForTests browser = BrowserForTests.at(server)) {
      String token = Files.readString(server.home().resolve("server-token")).strip();
      browser.expectRefusal(401);
      Page page = browser.open("/system?x=1");
      assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
      assertAccessible(page);

      page.getByLabel("Token").fill("guessed");
      page.getByRole(AriaRole.BUTTON, named("Sign in")).click();
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("not the token of this service");

      page.getByLabel("Token").fill(token);
      page.getByRole(AriaRole.BUTTON, named("Sign in")).click();
      assertThat(page).hasTitle("System · Admix");
      assertThat(page).hasURL(Pattern.compile(".*/system\\?x=1$"));

      List<Cookie> cookies = page.context().cookies();
      page.context().clearCookies();
      page.getByRole(AriaRole.BUTTON, named("Try what can be done with " + server.sources()))
          .click();
      assertThat(page.locator("#alerts")).hasText(page.locator("body").getAttribute("data-lost"));
      page.context().addCookies(cookies);

      page.getByRole(AriaRole.BUTTON, named("Sign out")).click();
      assertThat(page.getByRole(AriaRole.ALERT)).hasText("You are signed out.");
      page.navigate("/system");
      assertThat(page.getByLabel("Token")).isVisible();
    }
  }

  @Test
  void theUrlThatIsPrinted_signsIn_andLeavesNoTokenInTheAddress() throws Exception {
    try (ServerForTests server = ServerForTests.start();
        BrowserForTests browser = BrowserForTests.at(server)) {
      String token = Files.readString(server.home().resolve("server-token")).strip();
      Page page = browser.open("/sign-in?token=" + token);
      assertThat(page).hasURL(server.base() + "/datasets");
      page.navigate("/system");
      assertThat(page).hasTitle("System · Admix");
    }
  }

  @Test
  void whoeverTheIssuerKnows_isIn_changesThings_andOutAgain() throws Exception {
    try (IssuerForTests issuer = new IssuerForTests();
        ServerForTests server =
            ServerForTests.start(
                "admix.security.mode=oidc",
                "admix.security.oidc.issuer=" + issuer.url(),
                "admix.security.oidc.client-id=" + IssuerForTests.CLIENT);
        BrowserForTests browser = BrowserForTests.at(server)) {
      browser.mayAsk(URI.create(issuer.url()));
      Page page = browser.open("/system");
      page.navigate("/system");
      assertThat(page).hasTitle("System · Admix");
      page.getByRole(AriaRole.BUTTON, named("Try what can be done with " + server.sources()))
          .click();
      assertThat(page.getByText("same mount as the mixes")).isVisible();
      page.getByRole(AriaRole.BUTTON, named("Sign out")).click();
      assertThat(page.getByRole(AriaRole.ALERT)).hasText("You are signed out.");
    }
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
