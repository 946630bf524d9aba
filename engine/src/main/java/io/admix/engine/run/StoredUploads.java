package io.admix.engine.run;

import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectKey;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The journal of a task's uploads in parts, in its state folder: a line where one is begun, a line
 * where it has ended. Lines outlive a killed process; they are not synced, so that after a loss of
 * power an upload may be in no journal, which a rule of the bucket ends. Safe for use by many
 * threads.
 */
final class StoredUploads implements UploadJournal {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;

  StoredUploads(Path file) {
    this.file = file;
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
   * Aborts what processes that are gone have begun and not ended; nobody else may be working on the
   * task.
   *
   * @return how many were aborted
   * @throws ObjectFault when one cannot be aborted: it stays in the journal
   */
  int abortOpen(ObjectStore store) throws IOException {
    Map<String, Upload> open = open();
    for (Upload upload : open.values()) {
      store.abort(upload);
    }
    Files.deleteIfExists(file);
    return open.size();
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
      open.put(
          id,
          new Upload(
              new ObjectKey(node.path("bucket").asString(), node.path("key").asString()), id));
    } else {
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
