package io.admix.server.pages.compose;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.admix.server.pages.BrowserForTests.assertAccessible;
import static io.admix.server.pages.BrowserForTests.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.admix.catalog.Actor;
import io.admix.catalog.Task;
import io.admix.server.ServerForTests;
import io.admix.server.pages.BrowserForTests;
import io.admix.server.pages.BrowserForTests.Looks;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A recipe composed in a browser. A small one that is ready is tried by itself, which links a file
 * of each source for a moment: each test ends only after that.
 */
class ComposePageTest {
  private static final Pattern TASK = Pattern.compile(".*/tasks/[0-9a-f-]{36}$");

  private final ServerForTests server = ServerForTests.sqlite();

  private static Locator row(Page page, String dataset) {
    return page.locator("#rows > li")
        .filter(
            new Locator.FilterOptions()
                .setHas(
                    page.getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions().setName(dataset).setExact(true))));
  }

  private static void add(Page page, String dataset) {
    page.getByLabel("Add a dataset").fill(dataset);
    // The list that the focus alone asked for may come first, and be replaced.
    page.locator("#found [data-query='" + dataset + "'] button")
        .filter(
            new Locator.FilterOptions()
                .setHas(page.getByText(dataset, new Page.GetByTextOptions().setExact(true))))
        .click();
    assertThat(row(page, dataset)).isVisible();
  }

  private static void type(Page page, String dataset, String kind, String amount) {
    row(page, dataset)
        .getByLabel(kind, new Locator.GetByLabelOptions().setExact(true))
        .fill(amount);
  }

  private static Locator amount(Page page, String dataset, String kind) {
    return row(page, dataset).getByLabel(kind, new Locator.GetByLabelOptions().setExact(true));
  }

  private static Locator create(Page page) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Create the mix"));
  }

  private Task made(Page page) throws Exception {
    page.waitForURL(TASK, new Page.WaitForURLOptions());
    String id = page.url().substring(page.url().lastIndexOf('/') + 1);
    server.admix().mixes().await(id, Duration.ofSeconds(60));
    return server.admix().background().find(Actor.SYSTEM, id).orElseThrow();
  }

  @Test
  void twoDatasetsByPercent_becomeAMix_ofTheVeryFilesThatWereShown() throws Exception {
    String java = MixKit.dataset(server, "java", 20, 20);
    String python = MixKit.dataset(server, "python", 30, 30);
    String mix = MixKit.name("code");
    try (BrowserForTests browser = BrowserForTests.at(server)) {
      Page page = browser.open("/compose");
      assertThat(create(page)).isDisabled();
      assertThat(page.getByText("Choose at least one dataset.")).isVisible();
      add(page, java);
      add(page, python);
      type(page, java, "Percent", "25");
      type(page, python, "Percent", "75");
      page.getByLabel("Number of files").fill("40");
      page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill(mix);
      assertThat(row(page, java).getByText("40 files match now")).isVisible();
      assertThat(amount(page, python, "Files")).hasValue("30");
      assertThat(page.getByText("1 to 10 of 40")).isVisible();
      String file = page.locator(".chosen-files [data-target]").last().textContent();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Next").setExact(true))
          .click();
      assertThat(page.getByText("11 to 20 of 40")).isVisible();
      assertThat(page.getByText("Hard link")).isVisible();
      picture(page, "compose");
      create(page).click();
      Task task = made(page);
      assertThat(task.status()).isEqualTo(Task.Status.COMPLETED);
      assertThat(task.name()).isEqualTo(mix);
      assertThat(Path.of(task.targetPath()).resolve(file)).isRegularFile();
      assertThat(server.admix().background().report(Actor.SYSTEM, task.id()).sources())
          .extracting("achieved")
          .containsExactly(10L, 30L);
    }
  }

  @Test
  void aShortage_isSaidBeforeTheClick_andAnotherAnswerMendsIt() throws Exception {
    String large = MixKit.dataset(server, "large", 30, 30);
    String small = MixKit.dataset(server, "small", 2, 3);
    String recipe =
        "{name: %s, total: 20, sources: [{dataset: %s, weight: 1}, {dataset: %s, weight: 1}]}"
            .formatted(MixKit.name("short"), large, small);
    try (BrowserForTests browser = BrowserForTests.at(server)) {
      Page page = browser.open("/compose?recipe=" + encoded(recipe));
      assertThat(create(page)).isDisabled();
      assertThat(page.getByText(small + ": 10 asked, 5 there, 5 too few")).isVisible();
      picture(page, "compose-short");
      row(page, small).getByText("Conditions").click();
      row(page, small).getByLabel("Which label").selectOption("folder");
      row(page, small).getByLabel("high").check();
      assertThat(page.getByText(small + ": 10 asked, 2 there, 8 too few")).isVisible();
      assertThat(row(page, small).getByText("2 files match now")).isVisible();
      page.getByLabel("The others fill the gap, in their ratio").check();
      assertThat(create(page)).isEnabled();
      assertThat(page.locator("#bars li").first().locator(".figure")).hasText("18");
      assertThat(page.locator("#yaml")).hasValue(Pattern.compile("on-shortage: redistribute"));
      assertThat(page.getByText("1 to 10 of 20")).isVisible();
    }
  }

  @Test
  void anAmountTypedOneWay_isShownInTheOthers_andTheAddressCarriesIt() throws Exception {
    String a = MixKit.dataset(server, "a", 20, 0);
    String b = MixKit.dataset(server, "b", 60, 0);
    try (BrowserForTests browser = BrowserForTests.at(server)) {
      Page page = browser.open("/compose?dataset=" + a + "&dataset=" + b);
      assertThat(amount(page, a, "Files")).hasValue("20");
      assertThat(amount(page, a, "Percent")).hasValue("50");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("By size")).click();
      assertThat(amount(page, b, "Weight")).hasValue("60");
      assertThat(amount(page, b, "Percent")).hasValue("75");
      page.getByLabel("Number of files").fill("40");
      type(page, a, "Files", "4");
      assertThat(amount(page, a, "Percent")).hasValue("10");
      assertThat(amount(page, b, "Files")).hasValue("36");
      page.getByLabel("Number of files").fill("many");
      assertThat(page.locator("#error-total")).containsText("must be a number of files or `max`");
      assertThat(page.getByLabel("Number of files")).hasAttribute("aria-invalid", "true");
      page.getByLabel("Number of files").fill("50");
      assertThat(amount(page, b, "Files")).hasValue("46");
      page.reload();
      assertThat(amount(page, a, "Files")).hasValue("4");
      assertThat(amount(page, b, "Files")).hasValue("46");
      row(page, a)
          .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Remove"))
          .click();
      assertThat(page.locator("#rows > li")).hasCount(1);
      assertThat(page.locator("#said")).hasText(a + " removed");
      assertThat(amount(page, b, "Files")).hasValue("50");
    }
  }

  @Test
  void yamlWithAnError_isShownByItsLine_andTakenOverWhenItIsMended() throws Exception {
    String dataset = MixKit.dataset(server, "yaml", 9, 0);
    String good =
        "name: %s\ntotal: 6\nsources:\n  - dataset: %s\n    percent: 100\n    include: ['**/f00*']\n"
            .formatted(MixKit.name("pasted"), dataset);
    try (BrowserForTests browser = BrowserForTests.at(server)) {
      browser.expectRefusal(422);
      Page page = browser.open("/compose");
      page.getByText("The same as YAML").click();
      page.locator("#yaml").fill(good.replace("percent", "percnt"));
      page.getByText("Take over").click();
      assertThat(page.locator("#unread"))
          .containsText("unknown key `percnt`: did you mean `percent`?");
      page.locator("#unread").getByText("Line 5").first().click();
      assertThat(page.locator("#yaml")).isFocused();
      page.locator("#yaml").fill(good);
      page.getByText("Take over").click();
      assertThat(amount(page, dataset, "Percent")).hasValue("100");
      assertThat(row(page, dataset).getByText("9 files match now")).isVisible();
      assertThat(page.locator("#unread")).isEmpty();
      assertThat(create(page)).isEnabled();
      assertThat(page.getByText("1 to 6 of 6")).isVisible();
    }
  }

  @Test
  void whoOnlyOpensALink_makesNoPlan() throws Exception {
    String dataset = MixKit.dataset(server, "linked", 5, 0);
    String recipe =
        "{name: %s, total: max, sources: [{dataset: %s, weight: 1}]}"
            .formatted(MixKit.name("foreign"), dataset);
    try (BrowserForTests browser = BrowserForTests.at(server)) {
      Page page = browser.open("/system");
      List<String> asked = new CopyOnWriteArrayList<>();
      page.onRequest(request -> asked.add(request.url()));
      page.clock().install();
      page.navigate("/compose?recipe=" + encoded(recipe));
      assertThat(create(page)).isEnabled();
      page.clock().runFor(60_000);
      assertThat(page.locator("#trial")).isEmpty();
      assertThat(asked).noneMatch(url -> url.endsWith("/compose/plan"));
    }
  }

  @Test
  void everythingCanBeDoneWithKeysAlone() throws Exception {
    String dataset = MixKit.dataset(server, "keys", 8, 0);
    String mix = MixKit.name("typed");
    try (BrowserForTests browser = BrowserForTests.at(server)) {
      Page page = browser.open("/compose");
      page.getByLabel("Add a dataset").focus();
      page.keyboard().type(dataset);
      page.keyboard().press("Enter");
      assertThat(row(page, dataset)).isVisible();
      amount(page, dataset, "Files").focus();
      page.keyboard().press("Control+a");
      page.keyboard().type("3");
      page.keyboard().press("Enter");
      page.locator("#total-max").focus();
      page.keyboard().press("ArrowDown");
      page.keyboard().press("ArrowDown");
      assertThat(page.locator("#total-counts")).isChecked();
      page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).focus();
      page.keyboard().insertText(mix);
      assertThat(page.getByText("1 to 3 of 3")).isVisible();
      page.waitForResponse(
          answer -> answer.url().endsWith("/compose/live"), () -> page.keyboard().press("Enter"));
      assertThat(page).hasURL(Pattern.compile(".*/compose#r=.*"));
      create(page).focus();
      page.keyboard().press("Enter");
      assertThat(made(page).files()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "phone-dark-chinese"})
  void itIsReadable_whateverOneLooksWith(String looks) throws Exception {
    Looks base = looks.startsWith("phone") ? Looks.DESKTOP.phone() : Looks.DESKTOP;
    Looks dark = looks.contains("dark") ? base.dark() : base;
    String one = MixKit.dataset(server, "java-sources", 30, 20);
    String other = MixKit.dataset(server, "web-pages-2025", 9, 3);
    String recipe =
        "{name: code-mix, total: 40, on-shortage: take-all, sources: [{dataset: %s, percent: 55, label: {name: folder, values: [high]}}, {dataset: %s, weight: 1, include: ['**/*.txt']}, {dataset: %s, weight: 2, name: rest}]}"
            .formatted(one, other, one);
    try (BrowserForTests browser =
        BrowserForTests.at(server, looks.contains("chinese") ? dark.chinese() : dark)) {
      Page page = browser.open("/compose?recipe=" + encoded(recipe));
      page.locator("#try").click();
      assertThat(page.locator("[data-trial]")).isVisible();
      row(page, other).locator("summary").click();
      page.locator("#rows > li").first().locator("summary").click();
      assertThat(page.locator(".values:not([hidden])")).isVisible();
      picture(page, "compose-" + looks);
      assertAccessible(page);
      assertThat(
              (boolean) page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
          .as("nothing sticks out at the side")
          .isTrue();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
