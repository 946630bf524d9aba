package io.admix.server.pages.tasks;

import io.admix.catalog.Dataset;
import io.admix.catalog.Task;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is asked before a task is changed.
 *
 * @param isOver whether only the record goes
 * @param dataset that stays, null where there is none
 * @param name a proposal for {@link Kind#AGAIN}
 * @param from where somebody was asked, {@code list} or ""
 */
public record Question(
    Kind kind,
    Task task,
    TaskState state,
    boolean isOver,
    @Nullable Dataset dataset,
    String name,
    String from) {

  /** The changes that there are. */
  public enum Kind {
    CANCEL,
    RESUME,
    DELETE,
    AGAIN;

    static Optional<Kind> of(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /** In addresses and keys of words. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public String address() {
    return "/tasks/" + task.id() + "/" + kind.word();
  }

  /** Whether the task has placed anything that would go. */
  public boolean hasFiles() {
    return task.files() > 0;
  }
}
