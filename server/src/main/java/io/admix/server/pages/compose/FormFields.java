package io.admix.server.pages.compose;

import io.admix.engine.FieldsException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the form as browsers send it. The fields of a row end with a point and the row's key. */
final class FormFields {
  private static final int VALUES_MOST = 1_000;
  private static final Pattern KEY = Pattern.compile("[0-9a-z]{1,12}");

  private final HttpServletRequest request;

  private FormFields(HttpServletRequest request) {
    this.request = request;
  }

  /**
   * The form.
   *
   * @throws FieldsException when no page of ours sends such a form
   */
  static ComposeForm of(HttpServletRequest request) throws FieldsException {
    FormFields fields = new FormFields(request);
    return new ComposeForm(
        fields.text("name"),
        fields.text("seed"),
        fields.word("total-kind", ComposeForm.MAX),
        fields.text("total"),
        fields.word("layout", ComposeForm.BY_SOURCE),
        fields.word("edits", ComposeForm.SHARED),
        fields.text("link"),
        fields.word("on-shortage", ComposeForm.FAIL),
        fields.word("on-error", ComposeForm.FAIL),
        fields.rows());
  }

  private List<ComposeRow> rows() throws FieldsException {
    List<ComposeRow> rows = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (String key : values("row")) {
      if (!KEY.matcher(key).matches() || !keys.add(key)) {
        throw refused("row", "is no key of a row, or comes twice");
      }
      rows.add(row(key));
    }
    if (rows.size() > ComposeForm.ROWS_MOST) {
      throw refused(
          "row",
          "comes more than %d times: the form holds so many sources; run larger recipes by the command line or by REST"
              .formatted(ComposeForm.ROWS_MOST));
    }
    return rows;
  }

  private ComposeRow row(String key) {
    String end = "." + key;
    String kind = word("kind" + end, "weight");
    return new ComposeRow(
        key,
        text("dataset" + end),
        text("path" + end),
        text("source" + end),
        kind,
        text(kind + end),
        new ComposeRow.Labelled(
            raw("label" + end),
            values("value" + end).stream().filter(value -> !value.isEmpty()).distinct().toList()),
        times("tagged", end),
        times("modified", end),
        text("include" + end),
        text("exclude" + end));
  }

  private ComposeRow.Times times(String what, String end) {
    return new ComposeRow.Times(
        text(what + "-since" + end),
        text(what + "-until" + end),
        !text(what + "-unknown" + end).isEmpty());
  }

  private String text(String name) {
    return raw(name).strip();
  }

  /** As it is: a label may begin or end with a blank. */
  private String raw(String name) {
    return Objects.requireNonNullElse(request.getParameter(name), "");
  }

  private String word(String name, String usual) {
    String text = text(name);
    return text.isEmpty() ? usual : text;
  }

  private List<String> values(String name) {
    String @Nullable [] values = request.getParameterValues(name);
    return values == null ? List.of() : Arrays.stream(values).limit(VALUES_MOST).toList();
  }

  private static FieldsException refused(String field, String problem) {
    return new FieldsException(List.of(new FieldsException.FieldProblem(field, problem)));
  }
}
