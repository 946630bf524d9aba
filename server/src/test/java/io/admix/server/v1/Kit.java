package io.admix.server.v1;

import io.admix.files.Sources;
import io.admix.server.ServerForTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Folders of small files below the allowed root, each test its own. */
final class Kit {
  private static final AtomicInteger NEXT = new AtomicInteger();

  private Kit() {}

  /** A name that nobody else uses. */
  static String name(String what) {
    return "v1-" + what + "-" + NEXT.incrementAndGet();
  }

  /** A watched folder with so many files in each of {@code high} and {@code low}. */
  static Path folder(ServerForTests server, int files) {
    try {
      Path folder = server.sources().resolve(name("folder"));
      for (String sub : new String[] {"high", "low"}) {
        Path into = Files.createDirectories(folder.resolve(sub));
        for (int i = 0; i < files; i++) {
          Files.writeString(into.resolve("f%03d.txt".formatted(i)), sub + i);
        }
      }
      return Sources.watch(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ApiClient system(ServerForTests server) {
    return new ApiClient(server.http());
  }

  static ApiClient as(ServerForTests server, String owner) {
    return new ApiClient(server.as(owner));
  }

  static String recipe(String name, String dataset, int count) {
    return "{\"name\":\"%s\",\"seed\":42,\"sources\":[{\"dataset\":\"%s\",\"count\":%d}]}"
        .formatted(name, dataset, count);
  }
}
