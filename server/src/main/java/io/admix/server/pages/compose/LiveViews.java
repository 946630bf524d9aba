package io.admix.server.pages.compose;

import io.admix.catalog.Matching;
import io.admix.core.recipe.Node;
import io.admix.core.recipe.Problem;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.Share;
import io.admix.engine.plan.Preview;
import io.admix.engine.plan.Preview.SourceQuota;
import io.admix.engine.recipe.RecipeYaml;
import io.admix.server.pages.compose.LiveView.Found;
import io.admix.server.pages.compose.LiveView.Trial;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From a form and its preview to what is shown beside it. */
final class LiveViews {
  private static final Pattern PLACE = Pattern.compile("sources\\[(\\d{1,4})](?:\\.([a-z]+).*)?");
  private static final MathContext DIGITS = new MathContext(4);

  /** Files up to which a dry run takes about a second: of the mix, and to choose from. */
  private static final long SMALL_FILES = 10_000;

  private static final long SMALL_DATASETS = 100_000;

  private final ComposeForm form;
  private final Preview preview;

  private LiveViews(ComposeForm form, Preview preview) {
    this.form = form;
    this.preview = preview;
  }

  static LiveView of(ComposeForm form, Node.Mapping document, Preview preview) {
    return new LiveViews(form, preview).view(document);
  }

  /** Tells one document from another. */
  static String mark(Node.Mapping document) {
    try {
      byte[] text = RecipeYaml.write(document).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private LiveView view(Node.Mapping document) {
    Preview.Outcome outcome = preview.outcome();
    return new LiveView(
        mark(document),
        sources(outcome),
        outcome == null
            ? null
            : new LiveView.Outcome(
                outcome.total(),
                outcome.files(),
                outcome.bytes(),
                outcome.missing(),
                outcome.certainty() == Preview.Certainty.ABOUT,
                outcome.verdict() == Preview.Verdict.CAN),
        preview.problems().stream().map(this::found).toList(),
        preview.nearName(),
        document.entries().isEmpty() ? "" : RecipeYaml.write(document),
        trial(outcome));
  }

  private Trial trial(Preview.@Nullable Outcome outcome) {
    if (!preview.isReady()) {
      return Trial.NONE;
    }
    long all =
        preview.sources().stream()
            .mapToLong(
                source -> source.dataset() == null ? SMALL_DATASETS + 1 : source.dataset().files())
            .sum();
    return outcome != null && outcome.files() <= SMALL_FILES && all <= SMALL_DATASETS
        ? Trial.SMALL
        : Trial.ASKED;
  }

  private List<LiveView.Source> sources(Preview.@Nullable Outcome outcome) {
    long longest = outcome == null ? 1 : longest(outcome);
    List<LiveView.Source> sources = new ArrayList<>();
    for (Preview.Source source : preview.sources()) {
      ComposeRow row = form.rows().get(source.index());
      Matching matching = source.matching();
      sources.add(
          new LiveView.Source(
              row.key(),
              outcome == null ? row.title() : outcome.quotas().get(source.index()).name(),
              matching == null ? -1 : matching.files(),
              matching == null ? 0 : matching.bytes(),
              outcome == null ? null : quota(outcome, source.index(), Math.max(1, longest))));
    }
    return sources;
  }

  /** What a whole bar means: what is there shows beyond what is asked, but does not dwarf it. */
  private static long longest(Preview.Outcome outcome) {
    long asked =
        outcome.quotas().stream()
            .mapToLong(quota -> Math.max(quota.requested(), quota.files()))
            .max()
            .orElse(1);
    long there =
        outcome.quotas().stream()
            .mapToLong(quota -> quota.left() == null ? 0 : quota.left())
            .max()
            .orElse(0);
    return Math.max(asked, Math.min(there, 2 * asked));
  }

  private LiveView.Quota quota(Preview.Outcome outcome, int index, long longest) {
    SourceQuota quota = outcome.quotas().get(index);
    Long left = quota.left();
    return new LiveView.Quota(
        quota.requested(),
        left == null ? -1 : left,
        quota.files(),
        quota.isShortBy(),
        shares(outcome, quota),
        new LiveView.Bar(
            width(left == null ? quota.requested() : left, longest),
            width(quota.requested(), longest),
            width(quota.files(), longest)),
        outcome.binding() == index);
  }

  private static String width(long files, long longest) {
    return String.format(Locale.ROOT, "%.2f%%", Math.min(100, 100.0 * files / longest));
  }

  /** What the two fields would say in which nothing was typed. */
  private LiveView.Shares shares(Preview.Outcome outcome, SourceQuota quota) {
    BigDecimal asked = BigDecimal.valueOf(quota.requested());
    BigDecimal total = BigDecimal.valueOf(Math.max(1, outcome.total()));
    String percent = plain(asked.movePointRight(2).divide(total, DIGITS));
    BigDecimal ofWeights = BigDecimal.ZERO;
    BigDecimal weights = BigDecimal.ZERO;
    Recipe recipe = preview.draft().asked();
    for (int i = 0; recipe != null && i < recipe.sources().size(); i++) {
      if (recipe.sources().get(i).share() instanceof Share.Weight weight) {
        weights = weights.add(weight.value());
        ofWeights = ofWeights.add(BigDecimal.valueOf(outcome.quotas().get(i).requested()));
      }
    }
    String weight =
        ofWeights.signum() == 0
            ? percent
            : plain(asked.multiply(weights).divide(ofWeights, DIGITS));
    return new LiveView.Shares(plain(asked), percent, weight);
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private Found found(Problem problem) {
    Matcher place = PLACE.matcher(problem.path());
    if (!place.matches()) {
      return new Found("", "", problem.path(), ofForm(problem), problem.message());
    }
    int index = Integer.parseInt(place.group(1));
    String field = place.group(2) == null ? "" : place.group(2);
    ComposeRow row = form.rows().get(index);
    boolean isAmountMissing = field.isEmpty() && row.amount().isEmpty();
    return new Found(
        row.key(),
        row.title(),
        field,
        isAmountMissing ? "compose.needs.amount" : "",
        problem.message());
  }

  /** What an empty form lacks is said in the page's own words. */
  private String ofForm(Problem problem) {
    return switch (problem.path()) {
      case "name" -> form.name().isEmpty() ? "compose.needs.name" : "";
      case "sources" -> form.rows().isEmpty() ? "compose.needs.dataset" : "";
      case "total" ->
          form.totalKind().equals(ComposeForm.FILES) && form.total().isEmpty()
              ? "compose.needs.total"
              : "";
      default -> "";
    };
  }
}
