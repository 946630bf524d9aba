package io.admix.engine.doctor;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.doctor.DoctorReport.Finding;
import io.admix.engine.doctor.DoctorReport.Side;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A doctor's report as JSON, the same through every door; what is not known is null. */
public final class DoctorJson {
  private DoctorJson() {}

  public static ObjectNode of(DoctorReport report) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    side(answer.putObject("source"), report.source());
    side(answer.putObject("target"), report.target());
    answer.put("triedIn", report.triedIn()).put("between", report.between().name());
    sample(answer, report.sample());
    DoctorReport.Caller caller = report.caller();
    number(answer.putObject("caller"), "user", caller.user())
        .put("ownsAll", caller.ownsAll())
        .put("protectedHardlinks", caller.protectedHardlinks());
    ObjectNode methods = answer.putObject("methods");
    report
        .methods()
        .forEach((method, finding) -> finding(methods.putObject(method.name()), finding));
    finding(answer.putObject("rename"), report.rename());
    limits(answer.putObject("limits"), report.limits());
    DoctorReport.Access access = report.access();
    answer
        .putObject("access")
        .put("name", access.name())
        .put("swapSafe", access.isSwapSafe())
        .put("atomicNoReplace", access.isAtomicNoReplace())
        .put("openat2", access.openat2())
        .put("renameat2", access.renameat2())
        .put("syncfs", access.syncfs());
    run(answer.putObject("run"), report.run());
    ArrayNode notes = answer.putArray("notes");
    report.notes().forEach(notes::add);
    return answer;
  }

  private static void side(ObjectNode object, Side side) {
    object
        .put("path", side.path())
        .put("exists", side.isThere())
        .put("fileSystem", side.fileSystem())
        .put("network", side.isNetwork())
        .put("readOnly", side.isReadOnly());
    number(object, "mountId", side.mountId());
    text(object, "mountPoint", side.mountPoint());
    text(object, "mountSource", side.mountSource());
    text(object, "options", side.options());
    number(object, "project", side.project()).put("inheritsProject", side.inheritsProject());
  }

  private static void sample(ObjectNode answer, DoctorReport.@Nullable Sample sample) {
    if (sample == null) {
      answer.putNull("sample");
      return;
    }
    ObjectNode object = answer.putObject("sample");
    object.put("path", sample.path()).put("bytes", sample.bytes());
    number(object, "owner", sample.owner())
        .put("mode", sample.mode())
        .put("links", sample.links())
        .put("link", sample.link());
    number(object, "project", sample.project())
        .put("immutable", sample.immutable())
        .put("appendOnly", sample.appendOnly());
  }

  private static void finding(ObjectNode object, Finding finding) {
    object.put("answer", finding.answer().name());
    text(object, "errno", finding.errno());
    text(object, "why", finding.why());
  }

  private static void limits(ObjectNode object, DoctorReport.Limits limits) {
    object.put("bytesFree", limits.bytesFree());
    number(object, "inodesFree", limits.inodesFree());
    // Without bound is no number of links.
    number(object, "links", limits.links() == Long.MAX_VALUE ? -1 : limits.links());
    number(object, "nameBytes", limits.nameBytes()).put("foldsCase", limits.foldsCase());
  }

  private static void run(ObjectNode object, DoctorReport.Run run) {
    ArrayNode order = object.putArray("order");
    run.order().forEach(method -> order.add(method.name()));
    LinkMethod method = run.method();
    object.put("method", method == null ? null : method.name());
  }

  private static ObjectNode number(ObjectNode object, String key, long value) {
    return value < 0 ? object.putNull(key) : object.put(key, value);
  }

  private static void text(ObjectNode object, String key, String value) {
    object.put(key, value.isEmpty() ? null : value);
  }
}
