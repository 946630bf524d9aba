package io.admix.server.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.admix.files.Sources;
import io.admix.server.ServerForTests;
import io.admix.server.pages.BrowserForTests.Looks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the address that {@code serve} prints to a finished mix and where it came from, in one
 * browser, as somebody goes who sees the service for the first time. The pictures of docs/pages.md
 * are taken on the way.
 */
class JourneyTest {
  private static final int FIRST_PAGE_BYTES = 150_000;

  /** Outlives the server: what it was given must be as it was. */
  @TempDir Path folder;

  private ServerForTests server;
  private String signIn;

  @BeforeEach
  void start() throws Exception {
    server = ServerForTests.start("admix.allowed-roots=" + folder.toRealPath());
    signIn = "/sign-in?token=" + Files.readString(server.home().resolve("server-token")).strip();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void fromTheFirstVisitToAFinishedMix() throws Exception {
    notes();
    try (BrowserForTests browser = BrowserForTests.at(server)) {
      Page page = browser.open(signIn);
      BrowserForTests.forDocs(page, "first-visit");
      button(page, "Make demo data").click();
      assertThat(link(page, "demo-reviews")).isVisible();

      register(page);
      datasets(page);
      compose(page);
      result(page);
      lineage(page);

      page.navigate("/system");
      BrowserForTests.forDocs(page, "system");
    }
  }

  private void notes() throws IOException {
    Path notes = folder.toRealPath().resolve("notes");
    for (String label : List.of("long", "short")) {
      Path folder = Files.createDirectories(notes.resolve(label));
      for (int i = 0; i < 40; i++) {
        Files.writeString(
            folder.resolve("note-%02d.txt".formatted(i)),
            "A %s note. ".formatted(label).repeat(label.equals("long") ? 40 + 9 * i : 1 + i));
      }
    }
    Sources.watch(notes);
  }

  private static void register(Page page) {
    link(page, "Register a folder").click();
    assertThat(page).hasTitle(Pattern.compile("Register a folder.*"));
    page.getByText("notes", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.getByLabel("Folder", new Page.GetByLabelOptions().setExact(true)))
        .hasValue(Pattern.compile(".*/notes"));
    BrowserForTests.forDocs(page, "register");
    button(page, "Register").click();
    link(page, "Open notes").click();
    assertThat(page).hasTitle(Pattern.compile("notes.*"));
    for (String plot : List.of("label-0", "sizes", "dates")) {
      assertThat(page.locator("#" + plot + " [data-drawn]")).isVisible();
    }
    BrowserForTests.forDocs(page, "dataset");
  }

  private static void datasets(Page page) {
    page.navigate("/datasets");
    assertThat(link(page, "notes")).isVisible();
    BrowserForTests.forDocs(page, "datasets");
  }

  private static void compose(Page page) {
    page.navigate("/compose?dataset=notes&dataset=demo-reviews&dataset=demo-code");
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("first-mix");
    page.getByLabel("Number of files").fill("100");
    assertThat(page.getByText("1 to 10 of 100")).isVisible();
    BrowserForTests.forDocs(page, "compose");
    button(page, "Create the mix").click();
  }

  private static void result(Page page) {
    assertThat(page.locator("#state")).hasText("Completed");
    assertThat(page.locator("#mix [data-drawn]")).isVisible();
    BrowserForTests.forDocs(page, "task");
    page.navigate("/tasks");
    assertThat(link(page, "first-mix")).isVisible();
    BrowserForTests.forDocs(page, "tasks");
    link(page, "first-mix").click();
  }

  private static void lineage(Page page) {
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Lineage")).first().click();
    assertThat(page.locator("#lineage [data-drawn]")).isVisible();
    assertThat(page.getByText("demo-reviews").first()).isVisible();
    BrowserForTests.forDocs(page, "lineage");
  }

  /** The figure of time is told, not judged: machines differ. */
  @Test
  void theFirstPageIsSmall() {
    try (BrowserForTests browser = BrowserForTests.at(server, Looks.DESKTOP)) {
      Page page = browser.open(signIn);
      page.waitForLoadState();
      List<?> sizes =
          (List<?>)
              page.evaluate(
                  "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map(part => part.decodedBodySize)");
      int bytes = sizes.stream().mapToInt(size -> ((Number) size).intValue()).sum();
      Object usable =
          page.evaluate(
              "Math.round(performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd)");
      System.out.printf(
          "The first page: %,d bytes in %d answers, not counting how they are zipped; usable after %s ms%n",
          bytes, sizes.size(), usable);
      assertThat(sizes).hasSizeGreaterThan(3);
      assertThat(bytes).isBetween(10_000, FIRST_PAGE_BYTES);
    }
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
