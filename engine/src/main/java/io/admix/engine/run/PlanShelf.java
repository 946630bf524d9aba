package io.admix.engine.run;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where plans of dry runs are kept: {@code <state dir>/plans/<sha256>.jsonl}, and beside each
 * {@code <sha256>.note}, which says whose it is, written first and removed last. Replicas share it.
 */
final class PlanShelf {
  /** Name of the folder; no task has it, whose ids are UUIDs. */
  static final String FOLDER = "plans";

  /** Who asked for a plan has so long to use it, even where plans of tasks are not kept. */
  static final Duration KEPT_LEAST = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(PlanShelf.class);
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final String PLAN = ".jsonl";
  private static final String NOTE = ".note";

  private final Path folder;
  private final Duration keep;

  PlanShelf(Path stateDir, Duration keep) {
    this.folder = stateDir.resolve(FOLDER);
    this.keep = keep.compareTo(KEPT_LEAST) < 0 ? KEPT_LEAST : keep;
  }

  Instant expiry(Instant madeAt) {
    return madeAt.plus(keep);
  }

  /** What stands beside a plan. */
  record Note(String owner, String datasetId, Instant madeAt) {
    String text() {
      return madeAt + "\n" + datasetId + "\n" + owner + "\n";
    }

    static Optional<Note> of(String text) {
      List<String> lines = text.lines().toList();
      try {
        return lines.size() == 3
            ? Optional.of(new Note(lines.get(2), lines.get(1), Instant.parse(lines.get(0))))
            : Optional.empty();
      } catch (DateTimeParseException damaged) {
        return Optional.empty();
      }
    }
  }

  /** Takes a sealed plan in; it is there whole when this returns. */
  void put(String sha256, Path sealed, Note note) throws IOException {
    Files.createDirectories(folder);
    StateFolder.writeWhole(
        folder.resolve(sha256 + NOTE),
        out -> out.write(note.text().getBytes(StandardCharsets.UTF_8)));
    Files.move(sealed, plan(sha256), StandardCopyOption.ATOMIC_MOVE);
    StateFolder.syncFolder(folder);
  }

  /** The note of a plan that is there and has not expired. */
  Optional<Note> note(String sha256) throws IOException {
    if (!SHA256.matcher(sha256).matches() || !Files.isRegularFile(plan(sha256))) {
      return Optional.empty();
    }
    return read(folder.resolve(sha256 + NOTE))
        .filter(note -> Instant.now().isBefore(expiry(note.madeAt())));
  }

  private static Optional<Note> read(Path file) throws IOException {
    try {
      return Note.of(Files.readString(file));
    } catch (NoSuchFileException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  Path plan(String sha256) {
    return folder.resolve(sha256 + PLAN);
  }

  /**
   * Removes the oldest plans of an owner, so that with one more he has {@code most}; what cannot be
   * read or removed now is left to the next time.
   *
   * @param sha256 of the one that is put next, which may be there
   */
  void makeRoom(String owner, int most, String sha256) {
    try {
      List<Shelved> own = new ArrayList<>();
      for (Path entry : StateFolder.entries(folder)) {
        shelved(entry)
            .filter(each -> each.note.owner().equals(owner) && !each.sha256.equals(sha256))
            .ifPresent(own::add);
      }
      own.sort(Comparator.comparing(shelved -> shelved.note().madeAt()));
      for (Shelved oldest : own.subList(0, Math.max(0, own.size() - most + 1))) {
        Files.deleteIfExists(plan(oldest.sha256()));
        Files.deleteIfExists(folder.resolve(oldest.sha256() + NOTE));
        LOG.info("Removed the plan {}: its owner has newer ones", oldest.sha256());
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("The plans in {} could not be cleaned: {}", folder, e.getMessage());
    }
  }

  private record Shelved(String sha256, Note note) {}

  /** Of what is no note, or none that can be read, nothing. */
  private static Optional<Shelved> shelved(Path entry) {
    String name = String.valueOf(entry.getFileName());
    if (!name.endsWith(NOTE)) {
      return Optional.empty();
    }
    String sha256 = name.substring(0, name.length() - NOTE.length());
    try {
      return read(entry).map(note -> new Shelved(sha256, note));
    } catch (IOException e) {
      LOG.warn("{} cannot be read: {}", entry, e.getMessage());
      return Optional.empty();
    }
  }

  /** Removes what has expired; what cannot be removed now is left to the next time. */
  void clean() {
    try {
      for (Path entry : StateFolder.entries(folder)) {
        if (isOver(entry)) {
          Files.deleteIfExists(entry);
          LOG.info("Removed {}: its time is over", entry);
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("The plans in {} could not be cleaned: {}", folder, e.getMessage());
    }
  }

  /** By the file's own time, which is never before the note's: a plan never outlives its note. */
  private boolean isOver(Path entry) throws IOException {
    String name = String.valueOf(entry.getFileName());
    Duration grace = name.endsWith(PLAN) ? Duration.ZERO : Duration.ofMinutes(1);
    try {
      Instant changed = Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS).toInstant();
      return Instant.now().isAfter(expiry(changed).plus(grace));
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
