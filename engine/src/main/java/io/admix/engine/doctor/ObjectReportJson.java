package io.admix.engine.doctor;

import io.admix.files.object.ObjectAbilities;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What was found of places of objects, as JSON; what is not known is null. */
public final class ObjectReportJson {
  private ObjectReportJson() {}

  public static ObjectNode of(ObjectReport report) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer
        .put("source", report.source())
        .put("target", report.target())
        .put("store", report.store())
        .put("sourceKey", report.sourceKey())
        .put("targetEmpty", report.isTargetEmpty());
    ObjectAbilities seen = report.abilities();
    if (seen == null) {
      answer.putNull("abilities");
    } else {
      answer
          .putObject("abilities")
          .put("putIfAbsent", seen.putIfAbsent())
          .put("copyIfAbsent", seen.copyIfAbsent())
          .put("completeIfAbsent", seen.completeIfAbsent())
          .put("copyPinned", seen.copyPinned())
          .put("deleteIfMatch", seen.deleteIfMatch())
          .put("tags", seen.tags());
    }
    answer.put("problem", report.problem());
    ArrayNode notes = answer.putArray("notes");
    report.notes().forEach(notes::add);
    return answer;
  }
}
