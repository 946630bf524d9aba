package io.admix.engine.dataset;

import static io.admix.core.fuzz.Bounded.require;

import io.admix.core.fuzz.Bounded;
import io.admix.engine.RefusedException;
import io.admix.engine.fuzz.FuzzFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Fuzz target: a tags file. */
public final class TagsFuzz {
  private static final FuzzFile FILE = new FuzzFile("tags.jsonl");
  private static final Path ROOT = Path.of("/data/set");
  private static final TagLineParser PARSER = new TagLineParser(ZoneId.of("Europe/Berlin"));
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private TagsFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    Bounded.run(data.length, () -> read(FILE.with(data)));
  }

  private static void read(Path file) throws IOException {
    try {
      new TagsFile(file, PARSER).read(TagsFuzz::check, DatasetService.Progress.SILENT);
    } catch (RefusedException e) {
      require(!e.problems().isEmpty(), "refused without a reason");
      for (String problem : e.problems()) {
        require(
            problem.startsWith(file + ":") || problem.startsWith("… and "),
            "a problem that names no line: %s",
            problem);
      }
    }
  }

  private static void check(TagLine line) {
    Path path = ROOT.resolve(line.path());
    require(
        path.startsWith(ROOT) && path.normalize().equals(path) && !path.equals(ROOT),
        "`%s` leaves its folder",
        line.path());
    ObjectNode again = JSON.createObjectNode().put("path", line.path());
    set(again, "tags", line.tags());
    set(again, "metadata", line.metadata());
    if (line.taggedAt() != null) {
      again.put("tagsUpdatedAt", Instant.parse(line.taggedAt()).toString());
    }
    try {
      TagLine read = PARSER.parse(line.number(), again.toString());
      require(read.equals(line), "read again it is %s instead of %s", read, line);
    } catch (TagLineException e) {
      throw new AssertionError("what was accepted is refused when it is written again", e);
    }
  }

  private static void set(ObjectNode node, String key, String json) {
    if (json != null) {
      JsonNode value = JSON.readTree(json);
      node.set(key, value);
    }
  }
}
