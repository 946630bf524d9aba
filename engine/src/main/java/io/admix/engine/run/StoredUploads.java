package io.admix.engine.run;

import io.admix.files.object.FaultKind;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectKey;
import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectStore;
import io.admix.files.object.ObjectStore.Upload;
import io.admix.files.object.UploadJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The journal of a task's uploads in parts, in its state folder: a line before one is asked for, a
 * line where it is begun, a line where it has ended. Lines outlive a killed process; they are not
 * synced, so that after a loss of power an upload may be in no journal, which a rule of the bucket
 * ends. Safe for use by many threads.
 */
final class StoredUploads implements UploadJournal {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;

  StoredUploads(Path file) {
    this.file = file;
  }

  @Override
  public void beginning(ObjectKey key) {
    ObjectNode line = JSON.createObjectNode();
    line.put("beginning", true).put("bucket", key.bucket()).put("key", key.key());
    append(line);
  }

  @Override
  public void begun(Upload upload) {
    ObjectNode line = JSON.createObjectNode();
    line.put("begun", upload.id());
    line.put("bucket", upload.key().bucket()).put("key", upload.key().key());
    append(line);
  }

  @Override
  public void ended(Upload upload) {
    append(JSON.createObjectNode().put("ended", upload.id()));
  }

  private synchronized void append(ObjectNode line) {
    try {
      Files.write(
          file,
          (line + "\n").getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(
          new IOException("an upload could not be noted in %s: %s".formatted(file, e), e));
    }
  }

  /**
   * Aborts what this task has begun and not ended; nobody may be working on it. An upload whose
   * beginning was not answered, or whose process was killed before it noted the answer, is found by
   * a listing of the place that the task has claimed: it is at a key at which the task was about to
   * begin one.
   *
   * @throws ObjectFault when one cannot be aborted: it stays in the journal
   */
  void abortOpen(ObjectStore store, ObjectPlace place) throws IOException {
    if (Files.notExists(file)) {
      return;
    }
    for (Upload upload : open().values()) {
      store.abort(upload);
    }
    for (List<Upload> page = listed(store, place, null);
        !page.isEmpty();
        page = listed(store, place, page.getLast())) {
      Set<ObjectKey> keys = page.stream().map(Upload::key).collect(Collectors.toSet());
      Set<ObjectKey> ours = begunAmong(keys);
      for (Upload upload : page) {
        if (ours.contains(upload.key())) {
          store.abort(upload);
        }
      }
    }
    Files.deleteIfExists(file);
  }

  /**
   * Nothing where this identity or this store does not list them: a rule of the bucket ends them.
   */
  private static List<Upload> listed(ObjectStore store, ObjectPlace place, @Nullable Upload after)
      throws ObjectFault {
    try {
      return store.uploads(place, after);
    } catch (ObjectFault f) {
      if (f.kind() == FaultKind.DENIED || f.kind() == FaultKind.NOT_IMPLEMENTED) {
        return List.of();
      }
      throw f;
    }
  }

  /** Those of a page's keys that the journal has. */
  private Set<ObjectKey> begunAmong(Set<ObjectKey> keys) throws IOException {
    Set<ObjectKey> ours = new HashSet<>();
    try (Stream<String> lines = Files.lines(file)) {
      lines.forEach(line ->
          parse(line)
              .filter(node -> node.has("key"))
              .map(StoredUploads::key)
              .filter(keys::contains)
              .ifPresent(ours::add));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return ours;
  }

  private static ObjectKey key(JsonNode node) {
    return new ObjectKey(node.path("bucket").asString(), node.path("key").asString());
  }

  /** There are as many as were made at one time. */
  private Map<String, Upload> open() throws IOException {
    Map<String, Upload> open = new LinkedHashMap<>();
    try (Stream<String> lines = Files.lines(file)) {
      lines.forEach(line -> read(line, open));
    } catch (NoSuchFileException e) {
      return open;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return open;
  }

  private static void read(String line, Map<String, Upload> open) {
    Optional<JsonNode> read = parse(line);
    if (read.isEmpty()) {
      return;
    }
    JsonNode node = read.get();
    if (node.has("begun")) {
      String id = node.path("begun").asString();
      open.put(id, new Upload(key(node), id));
    } else if (node.has("ended")) {
      open.remove(node.path("ended").asString());
    }
  }

  /** The last line of a killed process may be cut short. */
  private static Optional<JsonNode> parse(String line) {
    try {
      return Optional.of(JSON.readTree(line));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
