package io.admix.server.pages.datasets;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.admix.server.pages.BrowserForTests.assertAccessible;
import static io.admix.server.pages.BrowserForTests.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.admix.engine.demo.DemoFiles;
import io.admix.engine.demo.DemoSet;
import io.admix.files.Sources;
import io.admix.server.ServerForTests;
import io.admix.server.pages.BrowserForTests;
import io.admix.server.pages.BrowserForTests.Looks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people do with datasets, in a browser. */
class DatasetsBrowserTest {
  /** Its own: what the system has at a shared one is seen by all, so that no visit is the first. */
  private static ServerForTests server;

  @BeforeAll
  static void start() throws Exception {
    server =
        ServerForTests.start(
            "admix.security.mode=proxy", "admix.security.proxy.addresses=127.0.0.1");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, named(name));
  }

  private static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, named(name));
  }

  private void watchDemo() throws Exception {
    for (DemoSet set : DemoSet.values()) {
      Sources.watch(DemoFiles.make(set, DemoFiles.in(server.dataRoot())));
    }
  }

  /** A watched folder below the allowed root with twelve files in each of two folders. */
  private Path folder(String name) throws Exception {
    Path folder = server.sources().resolve(name);
    for (String label : new String[] {"java", "python"}) {
      Files.createDirectories(folder.resolve(label));
      for (int i = 0; i < 12; i++) {
        Files.writeString(
            folder.resolve(label).resolve("file-%02d.txt".formatted(i)), label + " <b>" + i);
      }
    }
    return Sources.watch(folder);
  }

  @Test
  void theFirstVisitTeaches_andOffersDemoData_whoseFilesCanBeLookedAt() throws Exception {
    watchDemo();
    try (BrowserForTests browser = BrowserForTests.as("datasets-first", server)) {
      Page page = browser.open("/datasets");
      assertThat(page.getByText("No datasets yet")).isVisible();
      assertAccessible(page);
      picture(page, "datasets-empty");
      button(page, "Make demo data").click();
      assertThat(page.getByText("The demo data is there")).isVisible();
      assertThat(page.getByText("3 datasets").first()).isVisible();
      assertAccessible(page);
      picture(page, "datasets-list");

      page.getByRole(AriaRole.SEARCHBOX).fill("SHA");
      assertThat(page.getByText("1 dataset", exactly())).isVisible();
      assertThat(page).hasURL(Pattern.compile(".*/datasets\\?search=SHA&order=NEWEST$"));
      page.reload();
      assertThat(page.getByText("1 dataset", exactly())).isVisible();
      link(page, "demo-shapes").click();

      assertThat(page.locator("#label-0 [data-drawn]")).isVisible();
      assertThat(page.locator("#sizes [data-drawn]")).isVisible();
      assertThat(page.locator("#dates [data-drawn]")).isVisible();
      page.getByRole(AriaRole.SEARCHBOX).fill("circle-007");
      link(page, "circle/circle-007.png").click();
      Locator image = page.getByRole(AriaRole.IMG, named("The image circle/circle-007.png"));
      assertThat(image).isVisible();
      assertThat((int) image.evaluate("image => image.decode().then(() => image.naturalWidth)"))
          .isPositive();
      assertAccessible(page);
      picture(page, "datasets-image");
      page.keyboard().press("Escape");
      assertThat(image).isHidden();
      picture(page, "datasets-dataset");
    }
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }

  @Test
  void aFolderIsChosenByKeyboard_registered_lookedThrough_readAgain_andRemoved() throws Exception {
    Path folder = folder("browsed");
    try (BrowserForTests browser = BrowserForTests.as("datasets-register", server)) {
      Page page = browser.open("/datasets/register");
      assertThat(page.locator("#folder")).hasValue(server.sources().toString());
      page.locator(".folder-list a").first().focus();
      page.keyboard().press("End");
      page.keyboard().press("Home");
      link(page, "browsed").press("Enter");
      assertThat(page.locator("#folder")).hasValue(folder.toString());
      assertThat(page.locator("#here")).isFocused();
      assertThat(page.locator("#name")).hasValue("browsed");
      assertAccessible(page);
      picture(page, "datasets-register");
      button(page, "Register").click();
      link(page, "Open browsed").click();

      assertThat(page.getByText("file-00.txt").first()).isVisible();
      // Drawn by the scripts: they listen to the search by now.
      assertThat(page.locator("#figures [data-drawn]").first()).isVisible();
      page.getByRole(AriaRole.SEARCHBOX).fill("PYTHON/file-0");
      assertThat(page.locator("a.look")).hasCount(10);
      assertThat(page).hasURL(Pattern.compile(".*search=PYTHON%2Ffile-0$"));
      Locator first = page.locator("a.look").first();
      String path = first.textContent();
      first.click();
      assertThat(page.locator("#preview-title")).hasText(path);
      assertThat(page.locator("pre.shown"))
          .hasText("python <b>" + Integer.parseInt(path.replaceAll("\\D", "")));
      page.keyboard().press("ArrowRight");
      assertThat(page.locator("#preview-title"))
          .hasText(page.locator("a.look").nth(1).textContent());
      page.keyboard().press("Escape");

      Sources.change(folder, () -> Files.writeString(folder.resolve("java/added.txt"), "new"));
      button(page, "Read again").click();
      assertThat(page.getByText("browsed was read: 25 files")).isVisible();
      assertThat(page.locator("#contents .figures dd").first()).hasText("25");
      assertThat(page.getByRole(AriaRole.SEARCHBOX)).hasValue("PYTHON/file-0");
      assertThat(page.locator("a.look")).hasCount(10);

      button(page, "Remove").click();
      assertThat(page.getByText("with the records of its 25 files")).isVisible();
      assertAccessible(page);
      picture(page, "datasets-remove");
      button(page, "Keep it").click();
      button(page, "Remove").click();
      page.locator("#remove button.danger").click();
      assertThat(page.getByText("The dataset is removed.")).isVisible();
      assertThat(page).hasURL(Pattern.compile(".*/datasets$"));
      assertThat(Files.exists(folder.resolve("java/added.txt"))).isTrue();
    }
  }

  @Test
  void whatIsWrongStandsBesideItsField() throws Exception {
    folder("faulty");
    try (BrowserForTests browser = BrowserForTests.as("datasets-faulty", server)) {
      browser.expectRefusal(422);
      Page page = browser.open("/datasets/register?folder=" + server.sources().resolve("faulty"));
      page.locator("#name").fill("a/b");
      button(page, "Register").click();
      assertThat(page.locator("#name-error")).containsText("choose another");
      assertThat(page.locator("#name")).isFocused();
      assertThat(page.locator("#name")).hasAttribute("aria-describedby", "name-error");
      page.locator("#folder").fill("/etc");
      page.locator("#folder").press("Tab");
      assertThat(page.locator("#folder-error")).containsText("admix.allowed-roots");
      assertThat(page.locator("#name")).hasValue("a/b");
      assertAccessible(page);
      picture(page, "datasets-errors");
    }
  }

  @Test
  void onAPhoneInTheDarkInChinese_itIsAllThere() throws Exception {
    watchDemo();
    try (BrowserForTests browser =
        BrowserForTests.as("datasets-phone", server, Looks.DESKTOP.phone().dark().chinese())) {
      Page page = browser.open("/datasets");
      button(page, "生成演示数据").click();
      assertThat(page.getByText("演示数据已就绪")).isVisible();
      assertAccessible(page);
      picture(page, "datasets-phone-list");
      link(page, "demo-reviews").click();
      assertThat(page.locator("#dates [data-drawn]")).isVisible();
      assertAccessible(page);
      picture(page, "datasets-phone-dataset");
      page.locator("a.look").first().click();
      assertThat(page.locator("pre.shown")).isVisible();
      picture(page, "datasets-phone-text");
      assertThat((boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .isTrue();
      page.navigate("/datasets/register");
      picture(page, "datasets-phone-register");
    }
  }
}
