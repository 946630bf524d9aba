package io.admix.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.core.plan.PlanEntry;
import io.admix.core.plan.PlanEntry.Seen;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.plan.PlanHead.HeadSource;
import io.admix.engine.plan.PlanHeader.PlanSource;
import io.admix.engine.recipe.RecipeJson;
import io.admix.engine.report.MethodCount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFileTest {
  @TempDir Path folder;

  @Test
  void whatIsWritten_isReadBack() throws Exception {
    List<PlanEntry> main = awkwardEntries();
    List<PlanEntry> reserves =
        List.of(
            new PlanEntry(1, "r", "x\ty", "b/r", "x\ty", 5, new Seen(9, -4), "row"),
            new PlanEntry(1, "r", "l", "b/r", "l", 5, new Seen(9, 4), "row", "/s/a \"b\""),
            new PlanEntry(1, "r", "m", "b/r", "m", 5, new Seen(9, 4), null, "/s"),
            new PlanEntry(1, "r", "o", "b/r", "o", 5, Seen.ofObject(4), null, null, "\"e-2\""),
            new PlanEntry(1, "r", "p", "b/r", "p", 5, Seen.ofObject(4), "row", null, "W/\"é\""));
    Path file = folder.resolve("p.jsonl");
    PlanSummary summary = write(file, main, reserves);
    for (boolean isChecked : new boolean[] {false, true}) {
      try (SealedPlan plan = isChecked ? SealedPlan.open(file) : SealedPlan.openTrusted(file)) {
        assertThat(plan.header().summary()).isEqualTo(summary);
        assertThat(plan.header().recipeJson()).isEqualTo(RecipeJson.write(plan.header().recipe()));
        assertThat(plan.header().sources())
            .containsExactly(
                new PlanSource("a", "/data/a", null, null),
                new PlanSource("b", "/data/b", "id-1", "set b"));
        List<PlanEntry> readMain = new ArrayList<>();
        List<PlanEntry> readReserves = new ArrayList<>();
        long number = 0;
        for (Iterator<PlanRun> runs = plan.runs(); runs.hasNext(); ) {
          PlanRun run = runs.next();
          assertThat(run.number()).isEqualTo(number++);
          assertThat(run.entries()).isBetween(1, 1024);
          (run.isReserve() ? readReserves : readMain).addAll(plan.entries(run));
        }
        assertThat(readMain).isEqualTo(main);
        assertThat(readReserves).isEqualTo(reserves);
        assertThat(number).isEqualTo(summary.runs() + 1);
      }
    }
  }

  @Test
  void entriesOfObjectsAmongFiles_areReadBack() throws Exception {
    List<PlanEntry> main =
        List.of(
            new PlanEntry(0, "d", "a", "t", "a", 1, Seen.ofObject(-5), null, null, "\"1\""),
            new PlanEntry(0, "d", "b", "t", "b", 2, new Seen(7, 8), null),
            new PlanEntry(0, "d", "c", "t", "c_1", 3, Seen.ofObject(9), "row", null, "\"3\""),
            new PlanEntry(0, "d", "e", "t", "e_1", 3, Seen.ofObject(9), null, null, "\"4\""));
    Path file = folder.resolve("p");
    write(file, main, List.of());
    try (SealedPlan plan = SealedPlan.open(file)) {
      assertThat(plan.entries(plan.runs().next())).isEqualTo(main);
    }
  }

  @Test
  void anEntryThatIsNeitherOfAFileNorOfAnObject_isRefused() throws Exception {
    for (PlanEntry entry :
        List.of(
            new PlanEntry(0, "d", "a", "t", "a", 1, Seen.ofObject(5), "row", null, null),
            new PlanEntry(0, "d", "a", "t", "a", 1, new Seen(5, 5), null, null, "\"1\""),
            new PlanEntry(0, "d", "a", "t", "a", 1, Seen.NOTHING, null, null, "\"1\""),
            new PlanEntry(0, "d", "a", "t", "a", 1, Seen.ofObject(5), null, "/r", "\"1\""))) {
      Path file = folder.resolve("p");
      Files.deleteIfExists(file);
      write(file, List.of(entry), List.of());
      assertThatThrownBy(() -> SealedPlan.open(file))
          .isInstanceOf(InvalidPlanException.class)
          .hasMessageContaining("neither of a file nor of an object");
    }
  }

  @Test
  void runsHoldAtMost1024EntriesOfOneTargetFolder() throws Exception {
    List<PlanEntry> entries = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      entries.add(
          new PlanEntry(
              0,
              "d",
              "f" + (10000 + i),
              i < 2100 ? "t" : "u",
              "f" + (10000 + i),
              i,
              new Seen(i + 1, i),
              null));
    }
    Path file = folder.resolve("p");
    write(file, entries, List.of());
    try (SealedPlan plan = SealedPlan.open(file)) {
      List<PlanRun> runs = new ArrayList<>();
      plan.runs().forEachRemaining(runs::add);
      assertThat(runs).extracting(PlanRun::entries).containsExactly(1024, 1024, 52, 900);
      assertThat(runs.get(2).targetFolder())
          .as("thousands of runs wait at one time, and share their folder's name")
          .isSameAs(runs.get(0).targetFolder());
    }
  }

  @Test
  void anyByteThatChanges_isRefused() throws Exception {
    Path file = folder.resolve("p.jsonl");
    write(
        file,
        awkwardEntries().subList(0, 40),
        List.of(new PlanEntry(1, "r", "x", "b/r", "x", 5, new Seen(9, 4), "row")));
    byte[] whole = Files.readAllBytes(file);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Path copy = folder.resolve("copy");
    for (int at = 0; at < whole.length; at++) {
      byte[] edited = whole.clone();
      edited[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(copy, edited);
      assertThatThrownBy(() -> SealedPlan.open(copy))
          .as("byte %d, seed %d", at, seed)
          .isInstanceOf(InvalidPlanException.class)
          .hasMessageContaining("admix plan");
    }
  }

  @Test
  void aPlanThatIsCutShort_isRefused() throws Exception {
    Path file = folder.resolve("p.jsonl");
    write(file, awkwardEntries().subList(0, 20), List.of());
    byte[] whole = Files.readAllBytes(file);
    Path copy = folder.resolve("copy");
    for (int length = 0; length < whole.length; length++) {
      Files.write(copy, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> SealedPlan.open(copy))
          .as("cut to %d bytes", length)
          .isInstanceOf(InvalidPlanException.class);
    }
    assertThatThrownBy(() -> SealedPlan.open(copy)).hasMessageContaining("is cut short");
  }

  @Test
  void linesThatAreAddedOrMoved_areRefused() throws Exception {
    Path file = folder.resolve("p.jsonl");
    write(file, awkwardEntries().subList(0, 20), List.of());
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      List<String> more = new ArrayList<>(lines);
      more.add(i, lines.get(i));
      Files.write(file, more);
      assertThatThrownBy(() -> SealedPlan.open(file))
          .as("line %d twice", i)
          .isInstanceOf(InvalidPlanException.class);
    }
  }

  @Test
  void anotherVersion_isNamed() throws Exception {
    Path file = folder.resolve("p.jsonl");
    write(file, awkwardEntries().subList(0, 3), List.of());
    String text = Files.readString(file).replace("{\"admixPlan\":1,", "{\"admixPlan\":7,");
    Files.writeString(file, text);
    assertThatThrownBy(() -> SealedPlan.openTrusted(file))
        .isInstanceOf(InvalidPlanException.class)
        .hasMessageContaining("is of version 7, this Admix reads version 1");
    Files.writeString(file, "{\"a\":1}\n");
    assertThatThrownBy(() -> SealedPlan.open(file)).hasMessageContaining("is no plan of Admix");
    assertThatThrownBy(() -> SealedPlan.open(folder.resolve("none")))
        .isInstanceOf(InvalidPlanException.class)
        .hasMessageContaining("is not there");
  }

  @Test
  void aPathThatLeavesItsRoot_isRefusedEvenUnderAGoodSeal() throws Exception {
    for (PlanEntry bad :
        List.of(
            new PlanEntry(0, "..", "x", "t", "x", 1, new Seen(1, 1), null),
            new PlanEntry(0, "a", "x", "t/../..", "x", 1, new Seen(1, 1), null),
            new PlanEntry(0, "a", "x", "/etc", "x", 1, new Seen(1, 1), null),
            new PlanEntry(0, "a", "..", "t", "x", 1, new Seen(1, 1), null),
            new PlanEntry(0, "a", "x", "t", "../x", 1, new Seen(1, 1), null),
            // What resume would take for half-made, and remove.
            new PlanEntry(0, "a", "x", "t", ".admix-1.part", 1, new Seen(1, 1), null),
            new PlanEntry(0, "a", "x", "t/.admix-1.part/u", "x", 1, new Seen(1, 1), null),
            new PlanEntry(0, "a", "x", "t", "x", 1, new Seen(1, 1), null, "relative"),
            new PlanEntry(0, "a", "x", "t", "x", 1, new Seen(1, 1), null, "/a/../b"),
            new PlanEntry(0, "a", "x", "t", "x", 1, new Seen(1, 1), null, "/a//b"),
            new PlanEntry(0, "a", "x", "t", "y", 1, new Seen(1, 1), "r", "/"),
            new PlanEntry(0, "a", "x", "t", "x", 1, new Seen(1, 1), "r", "/a\0b"))) {
      Path file = folder.resolve("p.jsonl");
      write(file, List.of(bad), List.of());
      assertThatThrownBy(() -> SealedPlan.open(file))
          .as("%s", bad)
          .isInstanceOf(InvalidPlanException.class)
          .hasMessageContaining("is not safe");
    }
  }

  @Test
  void aReserveWithoutAName_isRefusedEvenUnderAGoodSeal() throws Exception {
    for (PlanEntry bad :
        List.of(
            new PlanEntry(0, "", "", "t", "x", 1, new Seen(1, 1), null),
            new PlanEntry(0, "a", "x", "t", "x", 1, new Seen(1, 1), null, "b"),
            new PlanEntry(0, "a", "x", "", "", 1, new Seen(1, 1), null))) {
      Path file = folder.resolve("p.jsonl");
      write(file, List.of(), List.of(bad));
      assertThatThrownBy(() -> SealedPlan.open(file))
          .as("%s", bad)
          .isInstanceOf(InvalidPlanException.class)
          .hasMessageContaining("is not safe");
    }
  }

  @Test
  void withoutASeal_nothingIsLeft() throws Exception {
    Path file = folder.resolve("p.jsonl");
    try (PlanWriter writer = new PlanWriter(file, head())) {
      writer.add(awkwardEntries().getFirst());
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  private static PlanSummary write(Path file, List<PlanEntry> main, List<PlanEntry> reserves)
      throws IOException {
    SequencedMap<LinkMethod, MethodCount> methods = new LinkedHashMap<>();
    methods.put(LinkMethod.HARDLINK, new MethodCount(main.size(), 7));
    try (PlanWriter writer = new PlanWriter(file, head())) {
      for (PlanEntry entry : main) {
        writer.add(entry);
      }
      for (PlanEntry entry : reserves) {
        writer.addReserve(entry);
      }
      Warnings warnings = new Warnings();
      warnings.add("a \"warning\"");
      warnings.add("x".repeat(main.size() > 1000 ? 9000 : 10));
      warnings.addForecast("a forecast");
      return writer.seal(methods, warnings);
    }
  }

  private static PlanHead head() {
    String json =
        "{\"name\":\"mix\",\"seed\":42,\"total\":10,\"sources\":[{\"name\":\"a\",\"path\":\"a\",\"weight\":0.000000001},{\"name\":\"b\",\"dataset\":\"set b\",\"weight\":2}]}";
    var recipe = RecipeJson.parse(json);
    List<HeadSource> sources =
        List.of(
            new HeadSource(new PlanSource("a", "/data/a", null, null), 4, 40),
            new HeadSource(new PlanSource("b", "/data/b", "id-1", "set b"), 6, 60));
    return new PlanHead(
        recipe, RecipeJson.write(recipe), "/data", "/out/mix", "UTC", 10, null, sources);
  }

  private static List<PlanEntry> awkwardEntries() {
    List<PlanEntry> entries = new ArrayList<>();
    List<String> names =
        List.of(
            "plain",
            "quote\"s",
            "back\\slash",
            "tab\t",
            "newline\n",
            "\u0001\u001f",
            "ümlaut",
            "😀\uFFFD",
            " ",
            "...",
            "[",
            "{\"run\":0");
    for (int i = 0; i < 3000; i++) {
      String name = names.get(i % names.size()) + i;
      String as = i % 5 == 0 ? name + "_1" : name;
      Seen seen =
          i % 7 == 0
              ? Seen.NOTHING
              : new Seen(
                  i % 2 == 0 ? i + 1 : Long.MAX_VALUE - i,
                  i % 3 == 0 ? -i : 1_700_000_000_000_000_000L + i);
      entries.add(
          new PlanEntry(
              i / 1500,
              i % 4 == 0 ? "" : "f/" + names.get(i / 100 % names.size()),
              name,
              "t/" + i / 1700,
              as,
              (long) i * i,
              seen,
              i % 6 == 0 ? "row-" + i : null,
              i % 11 == 0 ? "/real/" + name : null));
    }
    return entries;
  }

  @Test
  void awkwardEntries_areEncodedAsJsonThatOthersRead() throws Exception {
    Path file = folder.resolve("p.jsonl");
    write(file, awkwardEntries(), List.of());
    var json = tools.jackson.databind.json.JsonMapper.shared();
    for (String line : Files.readString(file, StandardCharsets.UTF_8).split("\n")) {
      assertThat(json.readTree(line).isContainer()).as(line).isTrue();
    }
  }
}
