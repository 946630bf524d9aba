package io.admix.engine.run;

import io.admix.catalog.CommitUnknownException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Brings a sealed plan into the state folder of the task that is to execute it. */
final class BroughtPlan {
  private BroughtPlan() {}

  /**
   * Brings the plan, then records its task: whoever goes on with that must not make another plan.
   * Without a task of this id the plan goes again.
   *
   * @param isMade whether the record is of the task with this id
   */
  static <T> T with(
      Services services, Path plan, String taskId, Supplier<T> record, Predicate<T> isMade)
      throws IOException {
    OwnedFolder folder =
        OwnedFolder.make(services.state().root(), taskId, services.settings().databaseUrl());
    T recorded;
    try {
      bring(services.state(), plan, taskId);
      recorded = record.get();
    } catch (CommitUnknownException e) {
      // The task may be there, and would need its plan; housekeeping finds out.
      folder.abandon();
      throw e;
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
    if (isMade.test(recorded)) {
      folder.handOver();
    } else {
      folder.close();
    }
    return recorded;
  }

  static void bring(StateFolder state, Path plan, String taskId) throws IOException {
    state.make(taskId);
    StateFolder.writeWhole(state.plan(taskId), out -> Files.copy(plan, out));
  }
}
