package io.admix.server.pages.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.catalog.Actor;
import io.admix.catalog.Task;
import io.admix.server.HttpAnswer;
import io.admix.server.HttpForTests;
import io.admix.server.ServerForTests;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The form's fragments and its start, as a browser asks for them. */
class ComposeHttpTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final ServerForTests server = ServerForTests.sqlite();
  private final HttpForTests page = server.http().with("HX-Request", "true");

  private static HttpAnswer post(HttpForTests http, String path, String... pairs) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      body.append(i == 0 ? "" : "&").append(pairs[i]).append('=').append(encoded(pairs[i + 1]));
    }
    return http.send("POST", path, body.toString(), FORM);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void whatIsWrong_isToldByFieldAllAtOnce() throws Exception {
    String dataset = MixKit.dataset(server, "wrong", 3, 0);
    HttpAnswer answer =
        post(
            page,
            "/compose/live",
            "name",
            "a/b",
            "total-kind",
            "files",
            "total",
            "1e3x",
            "seed",
            "-1",
            "row",
            "7",
            "dataset.7",
            dataset,
            "kind.7",
            "percent",
            "percent.7",
            "120",
            "include.7",
            "[",
            "row",
            "8",
            "dataset.8",
            dataset + "x",
            "kind.8",
            "weight");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .contains("data-field=\"name\"", "data-field=\"total\"", "data-field=\"seed\"")
        .contains("data-row=\"7\" data-field=\"percent\"", "data-row=\"7\" data-field=\"include\"")
        .contains("data-row=\"8\" data-field=\"dataset\"", "did you mean `" + dataset + "`?")
        .contains("Say how much of each dataset.")
        .contains("data-ready=\"false\"");
  }

  @Test
  void whatAFormSays_isEscaped() {
    HttpAnswer answer =
        post(
            page,
            "/compose/live",
            "name",
            "<script>alert(1)</script>",
            "row",
            "1",
            "dataset.1",
            "\"><img src=x onerror=alert(1)>");
    assertThat(answer.body()).doesNotContain("<script>alert", "<img src=x");
  }

  @Test
  void aFormThatNoPageSends_isRefused() {
    assertThat(post(page, "/compose/live", "row", "1", "row", "1").status()).isEqualTo(422);
    assertThat(post(page, "/compose/live", "row", "../x").status()).isEqualTo(422);
    String[] many = new String[122];
    for (int i = 0; i < many.length; i += 2) {
      many[i] = "row";
      many[i + 1] = Integer.toString(i);
    }
    assertThat(post(page, "/compose/live", many).status()).isEqualTo(422);
  }

  @Test
  void whatBelongsToSomebodyElse_isNotThere() throws Exception {
    String dataset = MixKit.datasetOf(server, "alice", "hers");
    HttpForTests bob = server.as("bob").with("HX-Request", "true");
    assertThat(bob.get("/compose/labels?key=1&dataset=" + dataset).status()).isEqualTo(404);
    assertThat(bob.get("/compose/row?key=1&dataset=" + dataset).status()).isEqualTo(404);
    assertThat(bob.get("/compose?dataset=" + dataset).status()).isEqualTo(404);
    assertThat(bob.get("/compose/datasets?q=" + dataset).body()).contains("No dataset has");
    assertThat(
            post(bob, "/compose/live", "row", "1", "dataset.1", dataset, "kind.1", "weight").body())
        .contains("there is no dataset `" + dataset + "`");
    assertThat(server.as("alice").get("/compose?dataset=" + dataset).status()).isEqualTo(200);
  }

  @Test
  void aFormSentTwice_makesOneMix_andItsRecipeIsCopiedAsANewOne() throws Exception {
    String dataset = MixKit.dataset(server, "twice", 5, 0);
    String mix = MixKit.name("twice-mix");
    String[] form = {
      "key", UUID.randomUUID().toString(),
      "name", mix,
      "total-kind", "files",
      "total", "4",
      "seed", "7",
      "row", "a1",
      "dataset.a1", dataset,
      "kind.a1", "percent",
      "percent.a1", "100",
      "modified-since.a1", "2001-02-03"
    };
    HttpAnswer first = post(page, "/compose", form);
    assertThat(first.status()).isEqualTo(204);
    String there = first.header("HX-Redirect");
    assertThat(there).startsWith("/tasks/");
    assertThat(post(page, "/compose", form).header("HX-Redirect")).isEqualTo(there);
    HttpAnswer plain = post(server.http(), "/compose", form);
    assertThat(plain.status()).isEqualTo(303);
    assertThat(plain.header("Location")).endsWith(there);
    String id = there.substring("/tasks/".length());
    Task task = server.admix().mixes().await(id, Duration.ofSeconds(60));
    assertThat(task.files()).isEqualTo(4);
    assertThat(server.http().get("/compose?from=" + id).body())
        .contains("value=\"" + mix + "-2\"", "value=\"2001-02-03\"", "value=\"100\"")
        .doesNotContain("value=\"7\"");
    HttpAnswer taken = post(page, "/compose/live", form);
    assertThat(taken.body()).contains("is taken by the dataset");
  }

  @Test
  void aPlanOfAnotherRecipe_isNotExecuted() throws Exception {
    String dataset = MixKit.dataset(server, "other-plan", 5, 0);
    String[] form = {
      "name", MixKit.name("planned"),
      "total-kind", "files",
      "total", "2",
      "row", "1",
      "dataset.1", dataset,
      "kind.1", "percent",
      "percent.1", "100"
    };
    String trial = post(page, "/compose/plan", form).body();
    String plan = after(trial, "data-plan=\"");
    String mark = after(trial, "data-mark=\"");
    assertThat(trial).contains("1 to 2 of 2");
    assertThat(page.get("/compose/plan/" + plan + "/files?offset=1").body())
        .contains("2 to 2 of 2");
    String[] more = java.util.Arrays.copyOf(form, form.length + 4);
    System.arraycopy(new String[] {"plan", plan, "plan-of", mark}, 0, more, form.length, 4);
    more[5] = "3";
    String there = post(page, "/compose", more).header("HX-Redirect");
    Task task =
        server.admix().mixes().await(there.substring("/tasks/".length()), Duration.ofSeconds(60));
    assertThat(task.files()).as("what the form says now").isEqualTo(3);
    assertThat(server.admix().background().find(Actor.SYSTEM, task.id())).isPresent();
  }

  private static String after(String text, String mark) {
    int from = text.indexOf(mark) + mark.length();
    return text.substring(from, text.indexOf('"', from));
  }

  @Test
  void aTrialThatIsNoLongerKept_isNotReplacedByAnotherDraw() throws Exception {
    String dataset = MixKit.dataset(server, "gone-plan", 5, 0);
    String mix = MixKit.name("gone");
    String[] form = {
      "name", mix,
      "total-kind", "max",
      "row", "1",
      "dataset.1", dataset,
      "kind.1", "weight",
      "weight.1", "1"
    };
    String mark = after(post(page, "/compose/live", form).body(), "data-mark=\"");
    String[] more = java.util.Arrays.copyOf(form, form.length + 4);
    String[] gone = {"plan", "0".repeat(64), "plan-of", mark};
    System.arraycopy(gone, 0, more, form.length, 4);
    HttpAnswer answer = post(page, "/compose", more);
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body()).contains("no longer kept");
    assertThat(post(page, "/compose/live", form).body()).doesNotContain("is taken by");
  }

  private HttpAnswer read(String yaml, boolean isDraft) {
    return page.send("POST", "/compose/read?draft=" + isDraft, yaml, "text/plain;charset=UTF-8");
  }

  private static String sources(int count) {
    StringBuilder yaml = new StringBuilder("name: many\ntotal: max\nsources:\n");
    for (int i = 0; i < count; i++) {
      yaml.append("  - {name: s").append(i).append(", dataset: d, weight: 1}\n");
    }
    return yaml.toString();
  }

  @Test
  void moreSourcesThanTheFormShows_areRefused_notCut() {
    assertThat(read(sources(60), false).status()).isEqualTo(200);
    String words = "There are 61 sources; this form shows at most 60.";
    for (boolean isDraft : new boolean[] {false, true}) {
      HttpAnswer answer = read(sources(61), isDraft);
      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.body()).contains(words);
    }
    assertThat(server.http().get("/compose?recipe=" + encoded(sources(61))).body()).contains(words);
    assertThat(server.http().get("/compose?" + "dataset=d&".repeat(61)).body()).contains(words);
  }

  @Test
  void whatTheFormCannotHold_isRefused_andNamedWhereTheRecipeIsUnfinished() {
    String start = "name: kept\ntotal: 5\nsources:\n  - dataset: d\n    percent: 100\n";
    String blank = start + "    include: [' a*', '**']\n";
    String empty = start + "    label: {name: x, values: ['', 'y']}\n";
    assertThat(read(start + "    include: ['a*', '**']\n", false).status()).isEqualTo(200);
    assertThat(read(blank, false).status()).isEqualTo(422);
    assertThat(read(blank, false).body()).contains("sources[0].include[0]", "cannot stand");
    assertThat(read(empty, false).body()).contains("sources[0].label.values");
    HttpAnswer unfinished = read("target: /x\nsurces: []\nlayout: heap\n", true);
    assertThat(unfinished.status()).isEqualTo(200);
    assertThat(unfinished.body())
        .contains("<code>target</code>", "<code>surces</code>", "<code>layout</code>");
    assertThat(read(start, true).body()).doesNotContain("id=\"left\"");
  }

  @Test
  void aLongTextInChinese_isRead_andAFormThatIsTooLargeIsCalledSo() {
    String many = ("- '" + "\u6570".repeat(100) + "'\n      ").repeat(300).strip();
    String yaml =
        "name: long\ntotal: 5\nsources:\n  - dataset: d\n    percent: 100\n    include:\n      "
            + many
            + "\n";
    assertThat(read(yaml, false).status()).isEqualTo(200);
    HttpAnswer answer = post(page, "/compose/live", "name", "\u6570".repeat(30_000));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body()).contains("too large");
  }

  @Test
  void aTextThatIsNoRecipe_isToldByLine() {
    HttpAnswer answer = read("name: x\nsources:\n\t- y\n", false);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body()).contains("data-line=\"3\"", "a tab cannot indent");
    assertThat(read("- 1", false).status()).isEqualTo(422);
    assertThat(read("", false).status()).isEqualTo(422);
  }
}
