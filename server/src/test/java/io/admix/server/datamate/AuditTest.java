package io.admix.server.datamate;

import static io.admix.server.datamate.RatioKit.TASKS;
import static io.admix.server.datamate.RatioKit.create;
import static io.admix.server.datamate.RatioKit.dataset;
import static io.admix.server.datamate.RatioKit.item;
import static io.admix.server.datamate.RatioKit.unique;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.admix.catalog.Actor;
import io.admix.files.Sources;
import io.admix.server.HttpAnswer;
import io.admix.server.HttpForTests;
import io.admix.server.ServerForTests;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Who changed what, by both interfaces, as the log tells it. */
class AuditTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Logger AUDIT = (Logger) LoggerFactory.getLogger("io.admix.audit");

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event.getFormattedMessage());
        }
      };

  @BeforeEach
  void listen() {
    // A server that starts sets logging up anew, without the appenders of tests.
    ServerForTests.sqlite();
    appender.start();
    AUDIT.addAppender(appender);
  }

  @AfterEach
  void leave() {
    AUDIT.detachAppender(appender);
  }

  @Test
  void eachChangeIsALine_whoWhatWhichAndHowItEnded_andReadingIsNone() throws Exception {
    ServerForTests server = ServerForTests.sqlite();
    String owner = unique("nora");
    HttpForTests nora = server.as(owner);
    String task = create(nora, unique("mix"), item(dataset(server, 1), 1, "{}"));
    RatioKit.ended(nora, task);
    assertThat(nora.delete("/api/v1/tasks/none").status()).isEqualTo(404);
    assertThat(nora.delete(TASKS + "?ids=" + task).status()).isEqualTo(200);
    assertThat(nora.delete(TASKS + "?ids=%FF").status()).isEqualTo(422);

    areTold(
        owner,
        line(owner, "POST " + TASKS, task, 200),
        line(owner, "DELETE /api/v1/tasks/none", "[none]", 404),
        line(owner, "DELETE " + TASKS, task, 200),
        line(owner, "DELETE " + TASKS, "-", 422));
  }

  @Test
  void aFormsLineNamesWhatItChangedOrMade_notWhereTheBrowserGoesOn() throws Exception {
    ServerForTests server = ServerForTests.sqlite();
    String owner = unique("olga");
    HttpForTests olga = server.as(owner);
    Path folder = Files.createDirectories(server.sources().resolve(owner));
    Files.writeString(folder.resolve("a.txt"), "a");
    Sources.watch(folder);
    HttpAnswer registered =
        olga.send(
            "POST",
            "/datasets",
            "name=%s&folder=%s"
                .formatted(owner, URLEncoder.encode(folder.toString(), StandardCharsets.UTF_8)),
            FORM);
    assertThat(registered.status()).isEqualTo(303);
    String scan = last(registered.header("Location"));
    Actor actor = Actor.of(owner);
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() ->
            server.admix().sharedDatasets().scan(actor, scan).orElseThrow().endedAt() != null);
    String dataset = server.admix().sharedDatasets().find(actor, owner).id();
    String again =
        last(olga.post("/api/v1/datasets/" + dataset + "/rescan", "").header("Location"));
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() ->
            server.admix().sharedDatasets().scan(actor, again).orElseThrow().endedAt() != null);
    String remove = "/datasets/" + dataset + "/remove";
    assertThat(olga.send("POST", remove, "", FORM).status()).isEqualTo(303);

    areTold(
        owner,
        line(owner, "POST /datasets", scan, 303),
        line(owner, "POST /api/v1/datasets/" + dataset + "/rescan", again, 202),
        line(owner, "POST " + remove, dataset, 303));
  }

  /** An answer may arrive before its line is written. */
  private void areTold(String owner, String... expected) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() ->
            assertThat(lines.stream().filter(line -> line.contains("who=" + owner + " ")))
                .containsExactlyInAnyOrder(expected));
  }

  private static String last(String address) {
    return address.substring(address.lastIndexOf('/') + 1);
  }

  private static String line(String owner, String what, String id, int outcome) {
    return "who=%s from=127.0.0.1 what=%s id=%s outcome=%d".formatted(owner, what, id, outcome);
  }
}
