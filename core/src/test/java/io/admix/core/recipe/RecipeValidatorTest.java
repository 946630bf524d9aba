package io.admix.core.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecipeValidatorTest {
  static final String WHOLE =
      """
      {
        name: code-mix,
        seed: 42,
        total: 10000,
        target: ./mixes/code-mix,
        layout: flat,
        link: [hardlink, reflink],
        on-shortage: redistribute,
        on-error: replace,
        sources: [
          {path: ./data/java/, percent: 50, include: "**/*.java", exclude: ["**/test/**"]},
          {dataset: python, weight: 3, label: {name: quality, values: [high, top]},
           tagged: {since: 2025-01-01, until: 2025-06-30T18:00:00},
           modified: {since: 2025-06-30T18:00:00+02:00}},
          {dataset: c-headers, count: 2000, name: headers}]
      }
      """;

  @Test
  void readsEveryKey() {
    Recipe recipe = validate(WHOLE);

    assertThat(recipe.name()).isEqualTo("code-mix");
    assertThat(recipe.seed()).isEqualTo(42);
    assertThat(recipe.total()).isEqualTo(new Total.Fixed(10_000));
    assertThat(recipe.target()).isEqualTo("./mixes/code-mix");
    assertThat(recipe.layout()).isEqualTo(Layout.FLAT);
    assertThat(recipe.link()).containsExactly(LinkMethod.HARDLINK, LinkMethod.REFLINK);
    assertThat(recipe.onShortage()).isEqualTo(OnShortage.REDISTRIBUTE);
    assertThat(recipe.onError()).isEqualTo(OnError.REPLACE);
    assertThat(recipe.sources())
        .containsExactly(
            new SourceSpec(
                "java",
                new Origin.Folder("./data/java/"),
                new Share.Percent(new BigDecimal("50")),
                new Filter(null, null, null, List.of("**/*.java"), List.of("**/test/**"))),
            new SourceSpec(
                "python",
                new Origin.Dataset("python"),
                new Share.Weight(new BigDecimal("3")),
                new Filter(
                    new LabelFilter("quality", List.of("high", "top")),
                    new TimeRange(
                        new TimeBound.Day(LocalDate.parse("2025-01-01")),
                        new TimeBound.Local(LocalDateTime.parse("2025-06-30T18:00:00"))),
                    new TimeRange(
                        new TimeBound.Offset(OffsetDateTime.parse("2025-06-30T18:00:00+02:00")),
                        null),
                    List.of(),
                    List.of())),
            new SourceSpec(
                "headers", new Origin.Dataset("c-headers"), new Share.Count(2_000), Filter.ALL));
  }

  @Test
  void fillsInTheDefaults() {
    Recipe recipe = validate("{sources: [{count: 5, dataset: a}], name: mix}");

    assertThat(recipe)
        .isEqualTo(
            new Recipe(
                "mix",
                null,
                new Total.OfCounts(),
                null,
                Layout.BY_SOURCE,
                List.of(LinkMethod.HARDLINK, LinkMethod.SYMLINK, LinkMethod.COPY),
                OnShortage.FAIL,
                OnError.FAIL,
                List.of(
                    new SourceSpec("a", new Origin.Dataset("a"), new Share.Count(5), Filter.ALL))));
  }

  @Test
  void orderOfKeysHasNoMeaning() {
    assertThat(validate("{total: max, name: m, sources: [{weight: 1, dataset: a, name: x}]}"))
        .isEqualTo(validate("{sources: [{name: x, dataset: a, weight: 1}], name: m, total: max}"));
  }

  @Test
  void tellsEverythingAtOnceInDocumentOrderWithLines() {
    List<Problem> problems =
        problems(
            """
            {name: a/b,
            seed: -1,
            totl: 5,
            layout: flatt,
            link: [],
            sources: [
              {dataset: a, wieght: 3},
              {dataset: a, path: b, count: 0},
              {path: c, count: 1, weight: 1, label: {},
               include: ["[a"]},
              5
            ]}
            """);

    assertThat(problems)
        .extracting(Problem::line, Problem::path)
        .containsExactly(
            tuple(1, "name"),
            tuple(2, "seed"),
            tuple(3, "totl"),
            tuple(4, "layout"),
            tuple(5, "link"),
            tuple(7, "sources[0]"),
            tuple(7, "sources[0].wieght"),
            tuple(8, "sources[1].path"),
            tuple(8, "sources[1].count"),
            tuple(9, "sources[2].weight"),
            tuple(9, "sources[2].label"),
            tuple(10, "sources[2].include[0]"),
            tuple(11, "sources[3]"));
    assertThat(problems.get(6))
        .hasToString("line 7: sources[0].wieght: unknown key `wieght`: did you mean `weight`?");
    assertThat(problems.get(3).message())
        .contains("did you mean `flat`?")
        .contains("by-source, flat, sharded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes", "tokens", "temperature", "splits", "x y"})
  void keysOfLaterAreUnknown(String key) {
    assertThat(messages("{name: m, " + key + ": 1, sources: [{dataset: a, count: 1}]}"))
        .singleElement()
        .asString()
        .contains("unknown key `" + key + "`", "on-shortage");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | name: is missing | sources: is missing",
        "[] | a recipe is a mapping |",
        "{name: ~, sources: [{dataset: a, count: 1}]} | name: has no value |",
        "{name: [a], sources: [{dataset: a, count: 1}]} | name: must be one text, not a list |",
        "{name: \"\", sources: [{dataset: a, count: 1}]} | name: is empty |",
        "{name: .admix-x, sources: [{dataset: a, count: 1}]} | name: `.admix-x` begins with |",
        "{name: m, sources: []} | sources: has 0 sources |",
        "{name: m, sources: a} | sources: must be a list, not `a` |",
        "{name: m, sources: [{count: 1}]} | sources[0]: says not where | dataset or path",
        "{name: m, sources: [{dataset: a}]} | sources[0]: says not how much | count, percent, weight",
        "{name: m, total: 9, sources: [{dataset: a, count: 1, weight: 2}]} | weight: stands beside count | count and weight",
        "{name: m, total: 9, sources: [{dataset: a, count: 1, percent: 2, weight: 3}]} | count and percent and weight |",
        "{name: m, sources: [{path: \"\", count: 1}]} | sources[0].path: is empty |",
        "{name: m, sources: [{path: .., count: 1}]} | give the source a `name`: `..` |",
        "{name: m, sources: [{path: /, count: 1}]} | give the source a `name` |",
        "{name: m, sources: [{dataset: a/b, count: 1}]} | give the source a `name`: `a/b` |",
        "{name: m, sources: [{dataset: a, count: 1, name: x}, {dataset: b, count: 1, name: x}]} "
            + "| sources[1].name: `x` is the name of sources[0] too |",
        "{name: m, sources: [{dataset: a, count: 1, name: x/y}]} | sources[0].name: `x/y` holds a `/` |",
        "{name: m, seed: 9007199254740992, sources: [{dataset: a, count: 1}]} | seed: must be from 0 to 9007199254740991 |",
        "{name: m, seed: 1.5, sources: [{dataset: a, count: 1}]} | seed: must be a whole number, not `1.5` |",
        "{name: m, total: 0, sources: [{dataset: a, weight: 1}]} | total: must be from 1 to |",
        "{name: m, total: lots, sources: [{dataset: a, weight: 1}]} | total: must be a number of files or `max` |",
        "{name: m, total: ~, sources: [{dataset: a, weight: 1}]} | total: has no value |",
        "{name: m, link: [copy, copy], sources: [{dataset: a, count: 1}]} | link[1]: `copy` comes twice |",
        "{name: m, link: hardlnk, sources: [{dataset: a, count: 1}]} | did you mean `hardlink`? |",
        "{name: m, on-shortage: take_all, sources: [{dataset: a, count: 1}]} | did you mean `take-all`? |",
        "{name: m, on-error: explode, sources: [{dataset: a, count: 1}]} | none of fail, skip, replace |",
        "{name: m, total: 9, sources: [{dataset: a, percent: 101}]} | percent: must be at most 100 |",
        "{name: m, total: 9, sources: [{dataset: a, percent: 60}, {dataset: b, percent: 50}]} | total: percents sum to 110 %: 60 + 50 |",
        "{name: m, sources: [{dataset: a, percent: 60}]} | sources: percents and weights need a total |",
        "{name: m, total: max, sources: [{dataset: a, count: 60}]} | total: `total: max` with counts only |",
        "{name: m, sources: [{dataset: a, count: 1, label: high}]} | label: must be a mapping with name, value, values, not `high` |",
        "{name: m, sources: [{dataset: a, count: 1, label: {value: a, values: [b]}}]} | label.values: stands beside value |",
        "{name: m, sources: [{dataset: a, count: 1, label: {nmae: a}}]} | label.nmae: unknown key | `name`",
        "{name: m, sources: [{dataset: a, count: 1, tagged: {}}]} | tagged: is empty; give since, until |",
        "{name: m, sources: [{dataset: a, count: 1, tagged: {since: 2025-02-30}}]} | tagged.since: must be a date |",
        "{name: m, sources: [{dataset: a, count: 1, tagged: {since: today}}]} | not `today` |",
        "{name: m, sources: [{dataset: a, count: 1, modified: {since: 2025-02-02, until: 2025-02-01}}]} | modified.since: lies after until |",
        "{name: m, sources: [{dataset: a, count: 1, modified: {since: 2025-02-03T00:00:00Z, until: 2025-02-01}}]} | lies after until |",
        "{name: m, sources: [{dataset: a, count: 1, include: []}]} | include: is an empty list |",
        "{name: m, sources: [{dataset: a, count: 1, exclude: [a, /b]}]} | exclude[1]: pattern `/b` |",
        "{name: m, sources: [{dataset: a, count: 1, exclude: {a: b}}]} | exclude: must be one text, not a mapping |",
      })
  void refuses(String document, String part, String other) {
    assertThat(String.join("\n", messages(document)))
        .contains(part)
        .contains(other == null ? "" : other);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 3",
    "0.5, 0.5",
    "1e-9, 0.000000001",
    "+2.50, 2.50",
    ".5, 0.5",
    "5., 5",
    "1E3, 1000",
    "0.000000000000000001, 1e-18"
  })
  void weightIsExactlyWhatIsWritten(String written, String value) {
    Recipe recipe =
        validate("{name: m, total: 9, sources: [{dataset: a, weight: " + written + "}]}");
    assertThat(((Share.Weight) recipe.sources().getFirst().share()).value())
        .isEqualByComparingTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        ".inf",
        "-.inf",
        "Infinity",
        "0x10",
        "0o7",
        "1_000",
        "\"3\"",
        "three",
        "0",
        "-1",
        "0.0",
        "1e-19",
        "1e19",
        "1e999999999",
        "[1]",
        "{a: 1}",
        "~",
        "1 5",
        "١"
      })
  void weightIsRefused(String written) {
    assertThat(messages("{name: m, total: 9, sources: [{dataset: a, weight: " + written + "}]}"))
        .anyMatch(m -> m.contains("sources[0].weight: "));
  }

  @ParameterizedTest
  @CsvSource({"10, 10", "1e4, 10000", "10.0, 10", "1000000000000, 1000000000000"})
  void countIsAWholeNumberHoweverWritten(String written, long value) {
    Recipe recipe = validate("{name: m, sources: [{dataset: a, count: " + written + "}]}");
    assertThat(recipe.sources().getFirst().share()).isEqualTo(new Share.Count(value));
  }

  @Test
  void quotedNumberIsToldApart() {
    assertThat(messages("{name: m, sources: [{dataset: a, count: \"5\"}]}"))
        .containsExactly(
            "line 1: sources[0].count: must be a number, but \"5\" is a text; write it without quotes");
  }

  @Test
  void namesAreMadeAroundThoseThatAreWritten() {
    Recipe recipe =
        validate(
            """
            {name: m, sources: [
              {dataset: a, count: 1}, {path: x/a/, count: 1}, {dataset: a, count: 1},
              {dataset: b, count: 1, name: a-2}, {path: ./a-3, count: 1}]}
            """);

    assertThat(recipe.sources())
        .extracting(SourceSpec::name)
        .containsExactly("a", "a-3", "a-4", "a-2", "a-3-2");
  }

  @Test
  void textsMayLookLikeNumbers() {
    Recipe recipe =
        validate(
            "{name: 42, sources: [{dataset: 7, count: 1, label: {name: 1, value: true}, include: \"1\"}]}");

    assertThat(recipe.name()).isEqualTo("42");
    assertThat(recipe.sources().getFirst().origin()).isEqualTo(new Origin.Dataset("7"));
    assertThat(recipe.sources().getFirst().filter().label())
        .isEqualTo(new LabelFilter("1", List.of("true")));
  }

  @Test
  void linkMayBeOneWord() {
    assertThat(validate("{name: m, link: copy, sources: [{dataset: a, count: 1}]}").link())
        .containsExactly(LinkMethod.COPY);
  }

  @Test
  void rangeOfOneInstantOrDayIsNotEmpty() {
    for (String time :
        List.of(
            "2025-01-01",
            "2025-01-01T10:00",
            "2025-01-01 10:00:00.5",
            "2025-01-01T10:00:00-03:00")) {
      assertThat(
              validate(
                      "{name: m, sources: [{dataset: a, count: 1, tagged: {since: \""
                          + time
                          + "\", until: \""
                          + time
                          + "\"}}]}")
                  .sources())
          .hasSize(1);
    }
    // Which day an instant is in depends on the zone: only a range that is empty everywhere is
    // refused.
    assertThat(
            validate(
                    "{name: m, sources: [{dataset: a, count: 1, "
                        + "tagged: {since: 2025-01-02T05:00:00Z, until: 2025-01-01}}]}")
                .sources())
        .hasSize(1);
  }

  @Test
  void shownTextsAreEscaped() {
    assertThat(messages("{name: \"a\u001b[2J\", sources: [{dataset: a, count: 1}]}"))
        .singleElement()
        .asString()
        .contains("\\u001B[2J")
        .doesNotContain("\u001b");
  }

  private static Recipe validate(String document) {
    return RecipeValidator.validate(Flow.read(document));
  }

  private static List<Problem> problems(String document) {
    InvalidRecipeException refused =
        catchThrowableOfType(InvalidRecipeException.class, () -> validate(document));
    assertThat(refused).as("refused: %s", document).isNotNull();
    return refused.problems();
  }

  private static List<String> messages(String document) {
    return problems(document).stream().map(Problem::toString).toList();
  }
}
