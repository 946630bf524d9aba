package io.admix.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.admix.catalog.Actor;
import io.admix.catalog.PageRequest;
import io.admix.catalog.Task;
import io.admix.engine.ConflictException;
import io.admix.engine.FieldsException;
import io.admix.engine.NotThereException;
import io.admix.engine.recipe.RecipeReader;
import io.admix.engine.run.QueueLab;
import io.admix.files.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page shows of a task, and what may be asked of it. */
class TaskPageDoorsTest {
  private static final Actor ANN = Actor.of("ann");
  private static final Actor BEN = Actor.of("ben");

  @TempDir Path folder;
  private QueueLab lab;

  @BeforeEach
  void open() throws Exception {
    lab = new QueueLab(folder);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void theQueueTellsWhereATaskStands_whileItWaits() throws Exception {
    QueueLab.Node node = lab.node();
    node.submit("ben", "bens-1");
    node.submit("ben", "bens-2");
    node.submit("ann", "first");
    Task asked = node.submit("ann", "second");
    assertThat(node.tasks.place(ANN, asked.id()))
        .as("the first of ann, and at most two of ben's come before")
        .contains(new QueuePlace(1, 3, 4));
    assertThatThrownBy(() -> node.tasks.place(BEN, asked.id()))
        .isInstanceOf(NotThereException.class);
    node.tasks.cancel(ANN, asked.id());
    assertThat(node.tasks.place(ANN, asked.id())).isEmpty();
  }

  @Test
  void thePaceOfATask_isThereWhileItRuns_andAfterIt_onEveryServer() throws Exception {
    lab.gate.closeAt("PLACING_STARTED");
    QueueLab.Node node = lab.node().started();
    QueueLab.Node other = lab.node();
    Task task = node.submit("ann", "mix");
    lab.gate.await(1);
    await()
        .atMost(QueueLab.PATIENCE)
        .until(() -> node.tasks.pace(ANN, task.id()).samples().size() >= 2);
    assertThat(other.tasks.pace(ANN, task.id())).isEqualTo(Pace.NONE);
    lab.gate.open();
    node.awaitStatus(task, Task.Status.COMPLETED);
    await()
        .atMost(QueueLab.PATIENCE)
        .until(() -> !other.tasks.pace(ANN, task.id()).samples().isEmpty());
    assertThat(other.tasks.pace(ANN, task.id()).samples().getLast().files()).isEqualTo(10);
    assertThatThrownBy(() -> other.tasks.pace(BEN, task.id()))
        .isInstanceOf(NotThereException.class);
    node.tasks.delete(ANN, task.id());
    assertThat(lab.root.resolve("home/state").resolve(task.id()))
        .isDirectoryContaining("glob:**/manifest.jsonl")
        .isDirectoryNotContaining("glob:**/pace*");
  }

  @Test
  void theSameMixIsMadeAgain_underAnotherName_fromTheSameFiles() throws Exception {
    QueueLab.Node node = lab.node().started();
    Task task = node.submit("ann", "mix");
    node.awaitStatus(task, Task.Status.COMPLETED);
    Task again = node.tasks.again(ANN, task.id(), "mix-2").task();
    node.awaitStatus(again, Task.Status.COMPLETED);
    assertThat(again.targetPath()).isNotEqualTo(task.targetPath());
    assertThat(again.owner()).isEqualTo("ann");
    assertThat(node.tasks.report(ANN, again.id()).seed()).isEqualTo(42);
    assertThat(names(again)).isEqualTo(names(task));

    String yaml = node.tasks.recipeYaml(ANN, task.id());
    assertThat(RecipeReader.readSent(yaml).seed()).isEqualTo(42);
    assertThat(yaml).startsWith("name: mix\nseed: 42\n");

    assertThatThrownBy(() -> node.tasks.again(ANN, task.id(), "mix-2"))
        .isInstanceOf(ConflictException.class);
    for (String name :
        List.of(" ", "", "a/b", "../../x", ".admix-x", "a\nb", "a\u0085b", "a\0b", "a\ud800")) {
      assertThatThrownBy(() -> node.tasks.again(ANN, task.id(), name))
          .isInstanceOfSatisfying(
              FieldsException.class,
              refused -> assertThat(refused.fields().getFirst().field()).isEqualTo("name"));
    }
    assertThatThrownBy(() -> node.tasks.again(BEN, task.id(), "mix-3"))
        .isInstanceOf(NotThereException.class);
    assertThatThrownBy(() -> node.tasks.recipeYaml(BEN, task.id()))
        .isInstanceOf(NotThereException.class);
  }

  private static List<String> names(Task task) throws Exception {
    try (var files = Files.list(Path.of(task.targetPath()).resolve("data"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatMayBeAsked_isWhatTheDoorsDo() throws Exception {
    QueueLab.Node node = lab.node();
    Task waiting = node.submit("ann", "mix");
    assertThat(Choices.of(ANN, waiting)).isEqualTo(new Choices(true, false, true, false, false));
    assertThat(Choices.of(BEN, waiting)).isEqualTo(new Choices(false, false, false, false, false));
    Task cancelled = node.tasks.cancel(ANN, waiting.id()).task();
    assertThat(Choices.of(ANN, cancelled)).isEqualTo(new Choices(false, false, true, true, false));

    Path missing = lab.root.resolve("data/f00.txt");
    Path aside = lab.root.resolve("aside");
    lab.gate.closeAt("PLAN_SEALED");
    node.started();
    Task stopped =
        node.tasks
            .submit(
                ANN,
                new Submission(
                    lab.recipe("stopped", 30),
                    "stopped",
                    io.admix.catalog.TaskOrigin.SERVICE,
                    null,
                    null))
            .task();
    lab.gate.await(1);
    Sources.change(missing, () -> Files.move(missing, aside));
    lab.gate.open();
    stopped = node.awaitStatus(stopped, Task.Status.FAILED);
    Sources.change(missing, () -> Files.move(aside, missing));
    assertThat(Choices.of(ANN, stopped)).isEqualTo(new Choices(true, true, true, false, false));
    assertThat(node.tasks.failureReasons(ANN, stopped.id())).containsEntry("SOURCE_MISSING", 1L);
    assertThat(
            node.tasks
                .failures(ANN, stopped.id(), "SOURCE_MISSING", new PageRequest(1, 10))
                .total())
        .isEqualTo(1);
    assertThat(node.tasks.failures(ANN, stopped.id(), "CONFLICT", new PageRequest(1, 10)).total())
        .isZero();
    double before = node.tasks.pace(ANN, stopped.id()).samples().getLast().seconds();
    node.tasks.resume(ANN, stopped.id());
    Task done = node.awaitStatus(stopped, Task.Status.COMPLETED);
    assertThat(Choices.of(ANN, done)).isEqualTo(new Choices(false, false, true, true, false));
    await().atMost(QueueLab.PATIENCE).until(() -> node.tasks.progress(done.id()).isEmpty());
    assertThat(node.tasks.pace(ANN, done.id()).samples().getLast().seconds())
        .as("the second run goes on after the first")
        .isGreaterThan(before);
  }
}
