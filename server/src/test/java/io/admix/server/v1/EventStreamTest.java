package io.admix.server.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Actor;
import io.admix.catalog.Task;
import io.admix.engine.task.TaskEvent;
import io.admix.server.HttpAnswer;
import io.admix.server.ServerForTests;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The stream of what happens to a task. */
class EventStreamTest {

  /** One event as a browser reads it. */
  private record Event(String id, String name, JsonNode data) {}

  private static List<Event> events(String stream) {
    List<Event> events = new ArrayList<>();
    for (String block : stream.split("\n\n")) {
      String id = "";
      String name = "";
      String data = "";
      for (String line : block.split("\n")) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        }
      }
      if (!data.isEmpty()) {
        assertThat(
                Description.misfit(Description.DOCUMENT.at("/components/schemas/TaskEvent"), data))
            .as(data)
            .isEqualTo("[]");
        events.add(new Event(id, name, JsonMapper.shared().readTree(data)));
      }
    }
    return events;
  }

  @ParameterizedTest
  @MethodSource("io.admix.server.ServerForTests#both")
  void theStream_tellsEveryState_andEndsAfterTheLast(ServerForTests server) {
    ApiClient api = Kit.as(server, "eva");
    String source = Kit.name("source");
    api.registered(source, Kit.folder(server, 3));
    String id =
        api.json(202, api.post("/tasks", Kit.recipe(Kit.name("mix"), source, 4)))
            .get("id")
            .asString();
    HttpAnswer stream = api.get("/tasks/" + id + "/events");
    assertThat(stream.status()).isEqualTo(200);
    assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
    List<Event> states =
        events(stream.body()).stream().filter(e -> e.name().equals("state")).toList();
    assertThat(states.getLast().data().get("status").asString()).isEqualTo("COMPLETED");
    assertThat(states).extracting(Event::id).doesNotHaveDuplicates().doesNotContain("");
    assertThat(states).extracting(e -> Long.parseLong(e.id())).isSorted();

    Event first = states.getFirst();
    List<Event> rest =
        events(api.with("Last-Event-ID", first.id()).get("/tasks/" + id + "/events").body());
    assertThat(rest)
        .extracting(Event::id)
        .doesNotContain(first.id())
        .contains(states.getLast().id());

    HttpAnswer nothing =
        api.with("Last-Event-ID", states.getLast().id()).get("/tasks/" + id + "/events");
    assertThat(nothing.status()).isEqualTo(204);
  }

  @Test
  void anIdThatIsNone_isRefusedByName() {
    ApiClient api = Kit.as(ServerForTests.sqlite(), "eva");
    for (String id : List.of("x", "-1", "9999999999999999999", "1.5")) {
      HttpAnswer answer = api.with("Last-Event-ID", id).get("/tasks/none/events");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("Last-Event-ID");
    }
  }

  @Test
  void anotherFormThanEvents_isRefused() {
    ApiClient api = Kit.as(ServerForTests.sqlite(), "eva");
    assertThat(api.with("Accept", "application/json").get("/tasks/none/events").status())
        .isEqualTo(406);
  }

  @Test
  void aServiceThatStops_endsTheStreamsThatAreOpen_andOpensNoOther() throws Exception {
    EventStreams streams = new EventStreams();
    streams.start();
    EventQueue queue = streams.open(Actor.of("eva"));
    Thread stopper = Thread.startVirtualThread(streams::stop);
    assertThat(queue.next(60_000)).isNull();
    assertThat(queue.isDone()).isTrue();
    stopper.join();
    assertThatThrownBy(() -> streams.open(Actor.of("eva")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.UNAVAILABLE));
  }

  @Test
  void aStreamWithoutNews_saysThatItIsStillThere() throws Exception {
    EventQueue queue = new EventQueue();
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            if (toString(StandardCharsets.UTF_8).split("\n: ", -1).length > 3) {
              queue.ended();
            }
          }
        };
    TaskEventsController.send(queue, null, out, 1, () -> true);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("retry: 3000\n\n" + ": still here\n\n".repeat(3));
  }

  @Test
  void aSlowWatcher_missesProgress_neverAState() throws Exception {
    EventQueue queue = new EventQueue();
    queue.event(event(1, TaskEvent.Kind.STATE));
    queue.event(event(1, TaskEvent.Kind.PROGRESS));
    queue.event(event(2, TaskEvent.Kind.STATE));
    queue.event(event(2, TaskEvent.Kind.PROGRESS));
    queue.event(event(2, TaskEvent.Kind.PROGRESS));
    queue.ended();
    assertThat(queue.next(0)).isEqualTo(event(1, TaskEvent.Kind.STATE));
    assertThat(queue.next(0)).isEqualTo(event(2, TaskEvent.Kind.STATE));
    assertThat(queue.next(0)).isEqualTo(event(2, TaskEvent.Kind.PROGRESS));
    assertThat(queue.next(0)).isNull();
    assertThat(queue.isDone()).isTrue();
  }

  private static TaskEvent event(long seq, TaskEvent.Kind kind) {
    return new TaskEvent(
        seq,
        Instant.EPOCH,
        kind,
        Task.Status.RUNNING,
        Task.Phase.PLACING,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        "",
        null,
        null);
  }

  @Test
  void streams_areBounded() {
    EventStreams streams = new EventStreams();
    streams.start();
    EventQueue first = streams.open(Actor.of("eva0"));
    for (int i = 1; i < EventStreams.MOST; i++) {
      streams.open(Actor.of("eva" + i));
    }
    assertThatThrownBy(() -> streams.open(Actor.of("eva"))).isInstanceOf(ProblemException.class);
    streams.close(first);
    assertThat(streams.open(Actor.of("eva"))).isNotNull();
  }

  @Test
  void streamsOfOneOwner_leaveRoomForThoseOfOthers() {
    EventStreams streams = new EventStreams();
    streams.start();
    EventQueue first = streams.open(Actor.of("eva"));
    for (int i = 1; i < EventStreams.MOST_OF_OWNER; i++) {
      streams.open(Actor.of("eva"));
    }
    assertThatThrownBy(() -> streams.open(Actor.of("eva")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("of yours");
    assertThat(streams.open(Actor.of("max"))).isNotNull();
    streams.close(first);
    assertThat(streams.open(Actor.of("eva"))).isNotNull();
    for (int i = 0; i < EventStreams.MOST_OF_ALL; i++) {
      streams.open(Actor.SYSTEM);
    }
    assertThatThrownBy(() -> streams.open(Actor.SYSTEM)).isInstanceOf(ProblemException.class);
  }

  /** A client that reads the end of the stream comes back with the id of the last event. */
  @Test
  void aStreamThatMayNotGoOn_endsAfterTheEventThatItTold() throws Exception {
    EventQueue queue = new EventQueue();
    queue.event(event(1, TaskEvent.Kind.STATE));
    queue.event(event(2, TaskEvent.Kind.STATE));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Iterator<Boolean> answers = List.of(true, false).iterator();
    TaskEventsController.send(queue, queue.next(0), out, 1, answers::next);
    assertThat(events(out.toString(StandardCharsets.UTF_8)))
        .extracting(Event::id)
        .containsExactly("1");
  }
}
