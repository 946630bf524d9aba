package io.admix.server.pages.tasks;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.admix.server.pages.BrowserForTests.assertAccessible;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.admix.server.ServerForTests;
import io.admix.server.pages.BrowserForTests;
import io.admix.server.pages.BrowserForTests.Looks;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tasks as people see them in a browser, and what they do with them there. */
class TaskPagesTest {
  private static final String ASKED_TWICE =
      """
      async () => {
        const mark = document.querySelector('#rows-now');
        const ask = () => new Promise(done => {
          document.addEventListener('htmx:afterRequest', done, { once: true });
          htmx.trigger(document.body, 'tasks-changed');
        });
        await ask();
        await ask();
        return mark.isConnected;
      }
      """;

  private final ServerForTests server = ServerForTests.sqlite();
  private final Mixing mixing = new Mixing(server);

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, named(name));
  }

  private static Locator state(Page page) {
    return page.locator("#state");
  }

  private static Locator row(Page page, String id) {
    return page.locator("#row-" + id);
  }

  @Test
  void aTaskIsSeenLive_fromTheQueueToItsResult() throws Exception {
    Path folder = mixing.folder("live", 6);
    try (TaskGate first = TaskGate.closedAt(server);
        BrowserForTests browser = BrowserForTests.as(mixing.owner, server)) {
      // As many as run at a time: the next one waits.
      for (int i = 0; i < server.admix().background().state().bound(); i++) {
        mixing.submit(mixing.recipe("before-" + i, folder, 1));
      }
      String id = mixing.submit(mixing.recipe("mix", folder, 12));
      first.await();
      Page task = browser.open("/tasks/" + id);
      Page list = browser.open("/tasks");
      assertThat(state(task)).hasText("Waiting");
      assertThat(task.getByText(Pattern.compile("At most \\d tasks? starts? before it")))
          .isVisible();
      try (TaskGate gate = TaskGate.closedAt(server)) {
        first.open();
        gate.await();
        seePlacing(task, list, id);
        gate.open();
        seeResult(task, list, id);
      }
    }
  }

  private static void seePlacing(Page task, Page list, String id) {
    assertThat(state(task)).hasText("Placing files");
    assertThat(task.locator("#bar")).hasAttribute("max", "12");
    assertThat(task.locator("[aria-current=step]")).hasText("Placing files");
    assertThat(row(list, id)).containsText("Placing files");
  }

  private void seeResult(Page task, Page list, String id) {
    assertThat(state(task)).hasText("Completed");
    assertThat(row(list, id)).containsText("Completed");
    assertThat(task.locator("#heard")).hasText("Completed");
    assertThat(task.locator("#mix [data-drawn]")).isVisible();
    assertAccessible(task);
    assertThat(task.getByText("Every source gave exactly what was asked.")).isVisible();
    assertThat(task.locator("#yaml")).containsText("seed: 42");
    button(task, "Copy the path").click();
    assertThat(task.locator("#said")).hasText("Copied");
    String manifest = task.getByRole(AriaRole.LINK, named("Manifest")).getAttribute("href");
    assertThat(mixing.http.get(manifest).body().lines().filter(l -> l.contains("/f00")))
        .hasSize(12);
  }

  @Test
  void aCancel_saysWhatGoesAndWhatStays_andThenTheRecordIsDeleted() throws Exception {
    Path folder = mixing.folder("cancelled", 3);
    try (TaskGate gate = TaskGate.closedAt(server);
        BrowserForTests browser = BrowserForTests.as(mixing.owner, server)) {
      String id = mixing.submit(mixing.recipe("mix", folder, 6));
      gate.await();
      mixing.placed(id, 6);
      Page page = browser.open("/tasks");
      Locator dialog = page.getByRole(AriaRole.DIALOG);
      Locator cancel = button(page, "Cancel " + mixing.name("mix"));
      cancel.focus();
      page.keyboard().press("Enter");
      assertThat(dialog).containsText("What goes: the 6 files placed so far");
      assertThat(dialog).containsText("What stays: the original files");
      assertThat(button(page, "Let it run")).isVisible();
      // The button may be another one when the question is closed.
      page.waitForResponse(Pattern.compile(".*/tasks/rows.*"), () -> {});
      page.keyboard().press("Escape");
      assertThat(dialog).isHidden();
      assertThat(cancel).isFocused();

      page.keyboard().press("Enter");
      button(page, "Cancel the task").click();
      assertThat(row(page, id)).containsText("Being cancelled");
      assertThat(dialog).isHidden();
      gate.open();
      assertThat(row(page, id).locator(".badge")).hasText("Cancelled");

      button(page, "Delete the record of " + mixing.name("mix")).click();
      assertThat(dialog).containsText("It cannot be brought back.");
      assertAccessible(page);
      button(page, "Delete the record").click();
      assertThat(row(page, id)).hasCount(0);
      assertThat(mixing.http.get("/api/v1/tasks/" + id).status()).isEqualTo(404);
    }
  }

  @Test
  void aTaskThatStopped_saysWhy_andGoesOnFromItsPage() throws Exception {
    Mixing.Stopped stopped = mixing.stopped("mix");
    try (BrowserForTests browser = BrowserForTests.as(mixing.owner, server)) {
      Page page = browser.open("/tasks/" + stopped.id());
      assertThat(state(page)).hasText("Stopped, can go on");
      assertThat(page.getByText("1 file could not be placed. Mend the cause")).isVisible();
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Original is gone"))
          .click();
      assertThat(page).hasURL(Pattern.compile("\\?reason=SOURCE_MISSING$"));
      assertThat(page.locator("#failures tbody tr")).hasCount(1);
      assertThat(page.locator("#failures tbody")).containsText("high/f003.txt");
      assertAccessible(page);

      stopped.mend();
      button(page, "Resume").click();
      Locator dialog = page.getByRole(AriaRole.DIALOG);
      assertThat(dialog).containsText("9 files are placed already and not placed again, 1 is left");
      dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Resume")).click();
      assertThat(state(page)).hasText("Completed");
      assertThat(page.locator("#failures")).hasCount(0);
    }
  }

  @Test
  void aMixIsMadeAgain_underANameThatIsFree_andItsLineageIsClickedThrough() throws Exception {
    String dataset = mixing.dataset("source", 4);
    String recipe =
        "{\"name\":\"%s\",\"seed\":7,\"sources\":[{\"dataset\":\"%s\",\"count\":4}]}"
            .formatted(mixing.name("mix"), dataset);
    String id = mixing.submit(recipe);
    String made = mixing.ended(id, "COMPLETED").get("targetDatasetId").asString();
    try (BrowserForTests browser = BrowserForTests.as(mixing.owner, server)) {
      browser.expectRefusal(409);
      Page page = browser.open("/tasks/" + id);
      page.getByText("By label").click();
      assertThat(page.locator("#label-0 [data-drawn]")).isVisible();
      assertThat(page.getByRole(AriaRole.LINK, named("Copy as new")))
          .hasAttribute("href", "/compose?from=" + id);
      button(page, "Run again").click();
      Locator name = page.getByLabel("Name of the new dataset");
      assertThat(name).hasValue(mixing.name("mix-2"));
      name.fill(mixing.name("mix"));
      button(page, "Make it").click();
      assertThat(page.getByRole(AriaRole.DIALOG)).containsText("'" + mixing.name("mix") + "'");
      name.fill(mixing.name("again"));
      button(page, "Make it").click();
      assertThat(page).hasTitle(mixing.name("again") + " · Admix");
      assertThat(state(page)).hasText("Completed");

      page.navigate("/datasets/" + made + "/lineage");
      assertThat(page.locator("#lineage [data-drawn]")).isVisible();
      assertThat(page.getByRole(AriaRole.LINK, named(dataset)).first())
          .hasAttribute("href", Pattern.compile("/datasets/.*"));
      assertAccessible(page);
      page.locator("tbody").getByRole(AriaRole.LINK, linked(mixing.name("mix"))).first().click();
      assertThat(page).hasURL(Pattern.compile("/tasks/" + id + "$"));
    }
  }

  private static Locator.GetByRoleOptions linked(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  @Test
  void theList_isSearchedAndNarrowed_byItsAddress_inChineseOnAPhone() throws Exception {
    Path folder = mixing.folder("list", 2);
    String first = mixing.submit(mixing.recipe("first", folder, 2));
    String second = mixing.submit(mixing.recipe("second", folder, 3));
    mixing.ended(first, "COMPLETED");
    mixing.ended(second, "COMPLETED");
    Looks looks = Looks.DESKTOP.chinese().phone().dark();
    try (BrowserForTests browser = BrowserForTests.as(mixing.owner, server, looks)) {
      Page page = browser.open("/tasks?state=completed");
      assertThat(page).hasTitle("任务 · Admix");
      assertThat(row(page, first)).containsText("已完成");
      assertAccessible(page);
      page.getByLabel("按名称搜索").fill("SECOND");
      assertThat(row(page, first)).hasCount(0);
      assertThat(row(page, second)).isVisible();
      assertThat(page).hasURL(Pattern.compile("/tasks\\?name=SECOND&state=completed$"));
      assertThat(page.locator("#rows-now:not(.htmx-added):not(.htmx-settling)")).hasCount(1);
      assertThat((boolean) page.evaluate(ASKED_TWICE))
          .as("rows that are as they were are not drawn anew")
          .isTrue();
      page.reload();
      assertThat(row(page, first)).hasCount(0);
      page.locator("#state-FAILED").click();
      assertThat(page.getByText("没有符合条件的任务。")).isVisible();
      page.navigate("/tasks/" + second);
      assertThat(state(page)).hasText("已完成");
      assertThat(page.locator("#mix [data-drawn]")).isVisible();
      assertAccessible(page);
    }
  }
}
