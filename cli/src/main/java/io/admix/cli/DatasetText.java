package io.admix.cli;

import io.admix.catalog.Dataset;
import io.admix.engine.dataset.DatasetService;
import io.admix.files.Scanner;
import java.util.ArrayList;
import java.util.List;

/** What people are told of one dataset. */
final class DatasetText {
  private DatasetText() {}

  static void added(
      Console console, GlobalOptions options, DatasetService.Added added, String done) {
    if (options.json) {
      Json.print(console, DatasetJson.added(added));
      return;
    }
    Dataset dataset = added.dataset();
    console
        .out()
        .println(
            "%s %s: %s, %s, type %s, in %s."
                .formatted(
                    done,
                    console.outStyle().bold(dataset.name()),
                    Words.files(dataset.files()),
                    Words.bytes(dataset.bytes()),
                    dataset.type(),
                    Words.seconds(added.seconds())));
    if (added.labelled() > 0) {
      console.out().println("Labelled: " + Words.files(added.labelled()) + ".");
    }
    if (added.unmatchedTags() > 0) {
      console
          .err()
          .println(
              "Lines of the tags file whose file is not there: "
                  + Words.number(added.unmatchedTags())
                  + ".");
    }
    String passedOver = added.passedOver();
    if (passedOver != null || added.skipped().total() > 0) {
      console
          .err()
          .println(
              "Passed over: " + (passedOver == null ? skipped(added.skipped()) : passedOver) + ".");
    }
  }

  static String maker(Dataset dataset) {
    return switch (dataset.kind()) {
      case SCANNED -> "folder";
      case MIXED -> "admix run";
      case REMOVING -> "admix run, being removed";
      case FOREIGN -> "another system";
    };
  }

  private static String skipped(Scanner.Skipped skipped) {
    List<String> parts = new ArrayList<>();
    part(parts, skipped.symlinks(), "symbolic link", "symbolic links");
    part(parts, skipped.special(), "socket, FIFO or device", "sockets, FIFOs or devices");
    part(parts, skipped.undecodable(), "name that is no UTF-8", "names that are no UTF-8");
    part(parts, skipped.own(), "name that begins with .admix-", "names that begin with .admix-");
    part(
        parts,
        skipped.changed(),
        "entry that vanished meanwhile",
        "entries that vanished meanwhile");
    return String.join(", ", parts);
  }

  private static void part(List<String> parts, long count, String one, String many) {
    if (count > 0) {
      parts.add(Words.number(count) + " " + (count == 1 ? one : many));
    }
  }
}
