package io.admix.engine.settings;

import io.admix.catalog.Facts;
import io.admix.engine.RefusedException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * Proves that all services of one catalogue share one state folder: it bears a mark that the
 * database knows. With another folder a replica would take over tasks whose plans it cannot read.
 */
public final class StateMark {
  /** Its name in the state folder. */
  public static final String FILE = "catalogue.mark";

  private static final String FACT = "state-folder";

  private final Path file;
  private final Facts facts;

  public StateMark(Path stateDir, Facts facts) {
    this.file = stateDir.resolve(FILE);
    this.facts = facts;
  }

  /**
   * Marks the folder where neither it nor the database knows a mark yet.
   *
   * @throws RefusedException when the database knows the mark of another folder
   */
  public void prove() throws RefusedException {
    try {
      Optional<String> known = facts.find(FACT);
      if (known.isEmpty() && !Files.exists(file)) {
        make();
      }
      String ours = Files.exists(file) ? read() : "";
      String agreed = known.isPresent() ? known.get() : facts.agree(FACT, ours);
      if (!agreed.equals(ours)) {
        throw new RefusedException(otherFolder(agreed));
      }
    } catch (IOException e) {
      throw new RefusedException(
          "The state folder's mark " + file + " cannot be read or made: " + e.getMessage() + ".");
    }
  }

  /** Whether the folder bears the mark just now: not, when its share is not mounted. */
  public boolean isThere() {
    try {
      return facts.find(FACT).filter(read()::equals).isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the folder should bear a mark that it does not just now: its share is not mounted. */
  public boolean isAway() {
    return facts.find(FACT).isPresent() && !isThere();
  }

  private String otherFolder(String agreed) {
    return ("The state folder %s is not the one that this catalogue is used with: its %s is %s. Every service of one database must share admix.state-dir: mount that folder here."
            + " If it was lost, or is now this one on purpose: echo %s > %s")
        .formatted(
            file.getParent(), FILE, Files.exists(file) ? "another" : "not there", agreed, file);
  }

  private String read() throws IOException {
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  /** Whole or not at all, and never over another's. */
  private void make() throws IOException {
    Path part = Files.createTempFile(file.getParent(), "." + FILE, ".part");
    try {
      Files.writeString(part, UUID.randomUUID() + "\n");
      Files.createLink(file, part);
    } catch (FileAlreadyExistsException e) {
      // Another service was first: its mark counts.
    } catch (UnsupportedOperationException e) {
      Files.move(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
