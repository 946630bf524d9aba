package io.admix.server.pages.datasets;

import io.admix.engine.dataset.FolderPicker.Listing;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody fills in to register a folder.
 *
 * @param roots below which folders may be registered
 * @param listing what is in the folder, null while none is chosen
 * @param errors by the names of their fields; of none in particular by ""
 */
public record RegisterForm(
    List<Path> roots, @Nullable Listing listing, Fields fields, Map<String, String> errors) {

  /** The types of datasets. */
  public static final List<String> TYPES = List.of("TEXT", "IMAGE", "AUDIO", "VIDEO", "OTHER");

  /**
   * The fields as they were sent.
   *
   * @param type one of {@link #TYPES}, or "" to have it told from the files
   * @param tags path of a tags file, or ""
   */
  public record Fields(
      String folder,
      String name,
      String type,
      boolean hasLabels,
      String tags,
      boolean hasChecksums) {}

  /** What is wrong with a field, or "". */
  public String error(String field) {
    return errors.getOrDefault(field, "");
  }

  /** The id of what describes a field, for readers; null without a problem. */
  public @Nullable String describedBy(String field) {
    return errors.containsKey(field) ? field + "-error" : null;
  }

  /** For an attribute that is left out when all is well. */
  public @Nullable String invalid(String field) {
    return errors.containsKey(field) ? "true" : null;
  }

  /** The address at which a folder is shown. */
  public static String address(Path folder) {
    return "/datasets/register?folder=" + Answers.query(folder.toString());
  }

  /** The part of a page that shows a folder. */
  public static String part(Path folder) {
    return "/datasets/register/folders?folder=" + Answers.query(folder.toString());
  }
}
