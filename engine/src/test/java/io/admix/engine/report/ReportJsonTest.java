package io.admix.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.core.recipe.LinkMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reports as the catalogue keeps them. */
class ReportJsonTest {
  private static final RunReport REPORT =
      new RunReport(
          "t",
          "COMPLETED",
          false,
          new RunReport.Target("d", "m", "/m", 3, 30),
          1,
          List.of(new SourceReport("a", 3, 5, 3, 30)),
          new LinkedHashMap<>(Map.of(LinkMethod.COPY, new MethodCount(3, 30))),
          List.of(new FailureReport("a", "x", "IO_ERROR", "EIO")),
          1,
          2.5,
          1.2,
          new Phases(0.5, 0.25, 2.5, 1.5, 0.125, 4, 0.001),
          new RunReport.PlanIdentity(3, "0"),
          List.of("w"),
          "2 workers");

  @Test
  void whatIsWritten_isRead() throws Exception {
    assertThat(ReportJson.read(ReportJson.write(REPORT))).isEqualTo(REPORT);
  }

  @Test
  void phases_areOneAfterTheOther_withRecordingWithinPlacing() {
    assertThat(REPORT.phases().total()).isEqualTo(0.5 + 0.25 + 2.5 + 0.125 + 4 + 0.001);
  }

  @Test
  void aReportOfAnEarlierVersion_isReadWithoutPhases() throws Exception {
    String earlier = ReportJson.write(REPORT).replaceFirst("\"phases\":\\{[^}]*},", "");
    assertThat(earlier).doesNotContain("phases");
    assertThat(ReportJson.read(earlier).phases()).isEqualTo(Phases.NONE);
  }

  @Test
  void phasesThatLackOne_areDamaged() {
    String damaged = ReportJson.write(REPORT).replace("\"sync\"", "\"sunk\"");
    assertThatThrownBy(() -> ReportJson.read(damaged))
        .isInstanceOf(DamagedReportException.class)
        .hasMessageContaining("sync");
  }
}
