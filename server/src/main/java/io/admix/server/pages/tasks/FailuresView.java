package io.admix.server.pages.tasks;

import io.admix.catalog.FailureRecord;
import io.admix.catalog.Page;
import java.util.Map;
import java.util.SequencedMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Files that could not be placed.
 *
 * @param reasons how many there are of each
 * @param reason the one that is shown, "" for all
 * @param number of the page, from 1
 */
public record FailuresView(
    String taskId,
    SequencedMap<String, Long> reasons,
    String reason,
    Page<FailureRecord> page,
    int number) {
  static final int PAGE_SIZE = 25;

  public long all() {
    return reasons.values().stream().mapToLong(Long::longValue).sum();
  }

  public long pages() {
    return Math.max(1, page.pages(PAGE_SIZE));
  }

  /** The address of this part alone. */
  public String part(String ofReason, long ofPage) {
    return address("/tasks/" + taskId + "/failures", ofReason, ofPage);
  }

  /** The address of the task's page that shows this part. */
  public String address(String ofReason, long ofPage) {
    return address("/tasks/" + taskId, ofReason, ofPage);
  }

  private static String address(String path, String reason, long page) {
    UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
    if (!reason.isEmpty()) {
      address.queryParam("reason", "{reason}").uriVariables(Map.of("reason", reason));
    }
    if (page != 1) {
      address.queryParam("page", page);
    }
    return address.encode().toUriString();
  }
}
