package io.admix.engine.plan;

import io.admix.core.recipe.InvalidRecipeException;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.SourceSpec;
import io.admix.engine.place.Place;
import io.admix.engine.plan.PlanHead.HeadSource;
import io.admix.engine.plan.PlanHeader.PlanSource;
import io.admix.engine.recipe.RecipeJson;
import io.admix.engine.report.MethodCount;
import io.admix.engine.report.SourceReport;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The first and the last but one line of a plan, from and to JSON. */
final class PlanHeadJson {
  /** The recipe's numbers keep every digit. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private PlanHeadJson() {}

  static String head(PlanHead head) {
    ObjectNode line = JSON.createObjectNode();
    line.put("admixPlan", PlanLines.VERSION);
    line.put("name", head.recipe().name());
    line.put("seed", seed(head.recipe()));
    line.put("folder", head.folder());
    line.put("target", head.target());
    line.put("zone", head.zone());
    line.put("total", head.total());
    line.put("binding", head.binding());
    ArrayNode sources = line.putArray("sources");
    head.sources().forEach(source -> put(sources.addObject(), source));
    // The recipe is text in normal form already: parsing and writing it again could change its
    // digits.
    String text = JSON.writeValueAsString(line);
    return text.substring(0, text.length() - 1) + ",\"recipe\":" + head.recipeJson() + "}";
  }

  private static void put(ObjectNode object, HeadSource source) {
    object.put("name", source.source().name());
    object.put("root", source.source().root());
    object.put("datasetId", source.source().datasetId());
    object.put("datasetName", source.source().datasetName());
    object.put("requested", source.requested());
    object.put("available", source.available());
  }

  static String totals(PlanTotals totals) {
    ObjectNode line = JSON.createObjectNode();
    ObjectNode object = line.putObject("totals");
    ArrayNode sources = object.putArray("sources");
    totals.sources().forEach(count -> put(sources.addObject(), count));
    ObjectNode methods = object.putObject("methods");
    totals.methods().forEach((method, count) -> put(methods.putObject(method.name()), count));
    object.put("reserves", totals.reserves());
    object.put("unseen", totals.unseen());
    ArrayNode warnings = object.putArray("warnings");
    totals.warnings().forEach(warnings::add);
    ArrayNode forecasts = object.putArray("forecasts");
    totals.forecasts().forEach(forecasts::add);
    return JSON.writeValueAsString(line);
  }

  private static void put(ObjectNode object, MethodCount count) {
    object.put("files", count.files());
    object.put("bytes", count.bytes());
  }

  static PlanHead readHead(byte[] line) throws InvalidPlanException {
    try {
      JsonNode node = JSON.readTree(line);
      List<HeadSource> sources = new ArrayList<>();
      for (JsonNode source : required(node, "sources")) {
        sources.add(headSource(source));
      }
      Recipe recipe = RecipeJson.parse(required(node, "recipe").toString());
      if (recipe.seed() == null || !names(recipe).equals(names(sources))) {
        throw new InvalidPlanException("its header does not fit its recipe");
      }
      return new PlanHead(
          recipe,
          RecipeJson.write(recipe),
          folder(node, "folder"),
          place(node, "target"),
          zone(node),
          number(node, "total"),
          textOrNull(node, "binding"),
          sources);
    } catch (JacksonException | InvalidRecipeException e) {
      throw new InvalidPlanException("its header cannot be read: " + e.getMessage());
    }
  }

  private static List<String> names(Recipe recipe) {
    return recipe.sources().stream().map(SourceSpec::name).toList();
  }

  private static List<String> names(List<HeadSource> sources) {
    return sources.stream().map(source -> source.source().name()).toList();
  }

  private static HeadSource headSource(JsonNode node) throws InvalidPlanException {
    PlanSource source =
        new PlanSource(
            text(node, "name"),
            place(node, "root"),
            textOrNull(node, "datasetId"),
            textOrNull(node, "datasetName"));
    return new HeadSource(source, number(node, "requested"), number(node, "available"));
  }

  static PlanTotals readTotals(byte[] line) throws InvalidPlanException {
    try {
      JsonNode node = required(JSON.readTree(line), "totals");
      List<MethodCount> sources = new ArrayList<>();
      for (JsonNode source : required(node, "sources")) {
        sources.add(count(source));
      }
      SequencedMap<LinkMethod, MethodCount> methods = new LinkedHashMap<>();
      for (var method : required(node, "methods").properties()) {
        methods.put(LinkMethod.valueOf(method.getKey()), count(method.getValue()));
      }
      return new PlanTotals(
          sources,
          methods,
          number(node, "reserves"),
          number(node, "unseen"),
          texts(node, "warnings"),
          texts(node, "forecasts"));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new InvalidPlanException("its totals cannot be read: " + e.getMessage());
    }
  }

  static PlanSummary summary(PlanHead head, PlanTotals totals, PlanFooter footer) {
    List<SourceReport> sources = new ArrayList<>();
    for (int i = 0; i < head.sources().size(); i++) {
      HeadSource source = head.sources().get(i);
      MethodCount achieved = totals.sources().get(i);
      sources.add(
          new SourceReport(
              source.source().name(),
              source.requested(),
              source.available(),
              achieved.files(),
              achieved.bytes()));
    }
    return new PlanSummary(
        head.recipe().name(),
        head.target(),
        seed(head.recipe()),
        head.zone(),
        head.total(),
        List.copyOf(sources),
        totals.methods(),
        footer.entries(),
        footer.bytes(),
        totals.reserves(),
        footer.runs(),
        totals.unseen(),
        head.binding(),
        totals.warnings(),
        totals.forecasts(),
        footer.sha256());
  }

  private static long seed(Recipe recipe) {
    Long seed = recipe.seed();
    if (seed == null) {
      throw new IllegalArgumentException("the seed of a plan is drawn before it is planned");
    }
    return seed;
  }

  private static MethodCount count(JsonNode node) throws InvalidPlanException {
    return new MethodCount(number(node, "files"), number(node, "bytes"));
  }

  private static JsonNode required(JsonNode node, String key) throws InvalidPlanException {
    JsonNode value = node.get(key);
    if (value == null) {
      throw new InvalidPlanException("it has no `" + key + "`");
    }
    return value;
  }

  private static String text(JsonNode node, String key) throws InvalidPlanException {
    String value = textOrNull(node, key);
    if (value == null) {
      throw new InvalidPlanException("its `" + key + "` is no text");
    }
    return value;
  }

  private static String place(JsonNode node, String key) throws InvalidPlanException {
    return Place.isAddress(text(node, key)) ? address(node, key) : folder(node, key);
  }

  private static String address(JsonNode node, String key) throws InvalidPlanException {
    String address = text(node, key);
    if (!Place.isStoredForm(address)) {
      throw new InvalidPlanException("its `" + key + "` is no address s3://bucket/prefix/");
    }
    return address;
  }

  private static String folder(JsonNode node, String key) throws InvalidPlanException {
    String folder = text(node, key);
    try {
      if (Path.of(folder).isAbsolute()) {
        return folder;
      }
    } catch (InvalidPathException e) {
      // Told below.
    }
    throw new InvalidPlanException("its `" + key + "` is no absolute folder");
  }

  private static String zone(JsonNode node) throws InvalidPlanException {
    String zone = text(node, "zone");
    try {
      return ZoneId.of(zone).getId();
    } catch (DateTimeException e) {
      throw new InvalidPlanException("its `zone` is no time zone");
    }
  }

  private static @Nullable String textOrNull(JsonNode node, String key)
      throws InvalidPlanException {
    JsonNode value = required(node, key);
    return value.isString() ? value.asString() : null;
  }

  private static List<String> texts(JsonNode node, String key) throws InvalidPlanException {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : required(node, key)) {
      texts.add(text.asString());
    }
    return texts;
  }

  private static long number(JsonNode node, String key) throws InvalidPlanException {
    JsonNode value = required(node, key);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new InvalidPlanException("its `" + key + "` is no number");
    }
    return value.asLong();
  }
}
