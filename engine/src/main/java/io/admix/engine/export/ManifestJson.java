package io.admix.engine.export;

import io.admix.catalog.Dataset;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The manifest of an export as JSON; docs/schemas/export.json describes it. */
final class ManifestJson {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String FORMAT = "admix-export";

  private ManifestJson() {}

  static String write(ExportManifest manifest) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT)
        .put("version", ExportSchema.VERSION)
        .put("exportedAt", manifest.exportedAt().toString())
        .put("catalogue", manifest.catalogue());
    ArrayNode datasets = root.putArray("datasets");
    manifest.datasets().forEach(dataset -> write(datasets.addObject(), dataset));
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static void write(ObjectNode node, ExportedDataset dataset) {
    node.put("id", dataset.id())
        .put("name", dataset.name())
        .put("path", dataset.path())
        .put("type", dataset.type())
        .put("kind", dataset.kind().name())
        .put("files", dataset.files())
        .put("bytes", dataset.bytes())
        .put("updatedAt", dataset.updatedAt().toString())
        .put("unsafePaths", dataset.unsafePaths());
    ArrayNode unsafe = node.putArray("unsafe");
    dataset.unsafe().forEach(unsafe::add);
    ArrayNode parts = node.putArray("parts");
    for (ExportPart part : dataset.parts()) {
      parts
          .addObject()
          .put("file", part.file())
          .put("rows", part.rows())
          .put("bytes", part.bytes())
          .put("first", part.first())
          .put("last", part.last())
          .put("crc32c", part.crc32c());
    }
  }

  /**
   * Reads a manifest.
   *
   * @throws DamagedExportException with the end of a sentence about it
   */
  static ExportManifest read(String json) throws DamagedExportException {
    try {
      JsonNode root = MAPPER.readTree(json);
      if (!FORMAT.equals(root.path("format").asString(""))) {
        throw new DamagedExportException("is not the manifest of an export");
      }
      int version = root.path("version").asInt(0);
      if (version != ExportSchema.VERSION) {
        throw new DamagedExportException(
            "is of format version %d, and this Admix knows version %d: make the export with the Admix that reads it"
                .formatted(version, ExportSchema.VERSION));
      }
      List<ExportedDataset> datasets = new ArrayList<>();
      for (JsonNode node : required(root, "datasets")) {
        datasets.add(dataset(node));
      }
      return new ExportManifest(
          Instant.parse(text(root, "exportedAt")), text(root, "catalogue"), datasets);
    } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
      throw new DamagedExportException("does not parse: it is damaged");
    }
  }

  private static ExportedDataset dataset(JsonNode node) throws DamagedExportException {
    List<ExportPart> parts = new ArrayList<>();
    for (JsonNode part : required(node, "parts")) {
      parts.add(
          new ExportPart(
              text(part, "file"),
              number(part, "rows"),
              number(part, "bytes"),
              text(part, "first"),
              text(part, "last"),
              text(part, "crc32c")));
    }
    List<String> unsafe = new ArrayList<>();
    required(node, "unsafe").forEach(path -> unsafe.add(path.asString("")));
    return new ExportedDataset(
        text(node, "id"),
        text(node, "name"),
        text(node, "path"),
        text(node, "type"),
        Dataset.Kind.valueOf(text(node, "kind")),
        number(node, "files"),
        number(node, "bytes"),
        Instant.parse(text(node, "updatedAt")),
        number(node, "unsafePaths"),
        unsafe,
        parts);
  }

  private static String text(JsonNode node, String key) throws DamagedExportException {
    return required(node, key).asString("");
  }

  private static long number(JsonNode node, String key) throws DamagedExportException {
    JsonNode value = required(node, key);
    if (!value.isIntegralNumber() || value.asLong(-1) < 0) {
      throw new DamagedExportException("has no number as " + key);
    }
    return value.asLong(-1);
  }

  private static JsonNode required(JsonNode node, String key) throws DamagedExportException {
    JsonNode value = node.get(key);
    if (value == null || value.isNull()) {
      throw new DamagedExportException("lacks " + key);
    }
    return value;
  }
}
