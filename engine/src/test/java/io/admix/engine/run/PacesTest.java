package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.report.MethodCount;
import io.admix.engine.report.Phases;
import io.admix.engine.report.RunReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** How long a mix will take, by what was made lately. */
class PacesTest {

  private static RunReport report(double seconds, Map<LinkMethod, MethodCount> methods) {
    SequencedMap<LinkMethod, MethodCount> ordered = new LinkedHashMap<>(methods);
    long files = methods.values().stream().mapToLong(MethodCount::files).sum();
    return new RunReport(
        "t",
        "COMPLETED",
        false,
        new RunReport.Target("d", "m", "/m", files, 0),
        1,
        List.of(),
        ordered,
        List.of(),
        0,
        seconds,
        files / seconds,
        Phases.NONE,
        new RunReport.PlanIdentity(files, ""),
        List.of(),
        "");
  }

  private static Map<LinkMethod, MethodCount> of(LinkMethod method, long files, long bytes) {
    return Map.of(method, new MethodCount(files, bytes));
  }

  @Test
  void linksTakeAsLongAsLately_whateverTheirBytes() {
    Paces paces =
        Paces.of(
            List.of(
                report(1, of(LinkMethod.HARDLINK, 1_000, 5)),
                report(3, of(LinkMethod.HARDLINK, 1_000, 5))));
    Map<LinkMethod, MethodCount> wanted = of(LinkMethod.HARDLINK, 5_000, 1L << 40);
    assertThat(paces.seconds(wanted)).isEqualTo(10);
    assertThat(paces.knows(wanted)).isTrue();
    assertThat(paces.knows(of(LinkMethod.COPY, 1, 1))).isFalse();
  }

  @Test
  void copiesTakeAsLongAsTheirBytes_orTheirFiles() {
    Paces paces = Paces.of(List.of(report(2, of(LinkMethod.COPY, 1_000, 1_000_000))));
    assertThat(paces.seconds(of(LinkMethod.COPY, 500, 10_000_000))).isEqualTo(20);
    assertThat(paces.seconds(of(LinkMethod.COPY, 5_000, 1))).isEqualTo(10);
  }

  @Test
  void mixesThatAreSmallOrOfSeveralMethods_tellNothing() {
    Map<LinkMethod, MethodCount> mixed =
        Map.of(
            LinkMethod.HARDLINK, new MethodCount(900, 1),
            LinkMethod.COPY, new MethodCount(900, 1));
    Paces paces =
        Paces.of(
            List.of(
                report(1, mixed),
                report(1, of(LinkMethod.HARDLINK, 10, 1)),
                report(0, of(LinkMethod.HARDLINK, 10_000, 1))));
    assertThat(paces.knows(of(LinkMethod.HARDLINK, 1, 1))).isFalse();
    assertThat(paces.seconds(of(LinkMethod.HARDLINK, 15_000, 1))).isEqualTo(1);
    assertThat(paces.seconds(Map.of())).isZero();
  }
}
