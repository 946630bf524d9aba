package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogUnavailableException;
import io.admix.catalog.CommitUnknownException;
import io.admix.core.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A commit whose answer is lost, at each step of a task: what was committed is found and not done
 * twice, what was not is done again, and the run ends well both times.
 */
class LostAnswerTest {
  @TempDir Path folder;
  private Lab lab;

  Lab open(Path root) throws IOException {
    return new Lab(root);
  }

  @BeforeEach
  void open() throws Exception {
    lab = open(folder.toRealPath());
    lab.copy = Lab.smallBatches();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @ParameterizedTest
  @CsvSource({
    "create, true",
    "create, false",
    "acquire, true",
    "acquire, false",
    "startPlacing, true",
    "startPlacing, false",
    "record, true",
    "record, false",
    "startPublishing, true",
    "startPublishing, false",
    "complete, true",
    "complete, false"
  })
  void aLostAnswer_isLookedUp(String step, boolean committed) throws Exception {
    AtomicInteger lost = new AtomicInteger();
    Catalog faulty =
        FaultyCatalog.of(
            lab.catalog,
            (method, real) -> {
              if (!method.equals(step) || lost.getAndIncrement() > 0) {
                return real.take();
              }
              if (committed) {
                real.take();
              }
              throw new CommitUnknownException("the answer was lost", null);
            });
    Recipe recipe = lab.recipe(lab.source("a", 60, 60));
    lab.assertPublished(lab.run(lab.mixesOver(faulty), recipe), 60);
    assertThat(lost.get()).isPositive();
    assertThat(lab.catalog.tasks().list()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"startPlacing", "record", "startPublishing", "complete"})
  void aDatabaseThatIsAwayForAMoment_isWaitedFor(String step) throws Exception {
    AtomicInteger tries = new AtomicInteger();
    Catalog faulty =
        FaultyCatalog.of(
            lab.catalog,
            (method, real) -> {
              if (method.equals(step) && tries.getAndIncrement() < 3) {
                throw new CatalogUnavailableException("away", null);
              }
              return real.take();
            });
    lab.assertPublished(lab.run(lab.mixesOver(faulty), lab.recipe(lab.source("a", 60, 60))), 60);
    assertThat(tries.get()).isGreaterThan(3);
  }
}
