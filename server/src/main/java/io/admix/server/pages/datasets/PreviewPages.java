package io.admix.server.pages.datasets;

import io.admix.catalog.Actor;
import io.admix.engine.Admix;
import io.admix.engine.RefusedException;
import io.admix.engine.dataset.DatasetLooks;
import io.admix.engine.dataset.Preview;
import io.admix.server.LongReads;
import io.admix.server.pages.Pages;
import io.admix.server.pages.Room;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** One file, as far as it can be shown. */
@RestController
final class PreviewPages {
  private final DatasetLooks looks;
  private final LongReads disks;
  private final ImagePlaces images = new ImagePlaces();
  private final Pages pages;

  PreviewPages(Admix admix, LongReads disks, Pages pages) {
    this.disks = disks;
    this.looks = admix.datasetLooks();
    this.pages = pages;
  }

  @GetMapping("/datasets/{id}/files/{file}")
  ResponseEntity<byte[]> show(
      Actor caller, @PathVariable String id, @PathVariable String file, HttpServletRequest request)
      throws InterruptedException, RefusedException {
    return pages.show(
        Answers.isScripts(request) ? "datasets/preview.jte" : "datasets/file.jte",
        pages.visit(request, Room.DATASETS, "datasets.file"),
        disks.<Preview, RefusedException>look(() -> looks.preview(caller, id, file)));
  }

  /**
   * The bytes of an image, of a type that the bytes themselves tell. Should a browser make a page
   * of them nevertheless, that page may do nothing.
   */
  @GetMapping("/datasets/{id}/files/{file}/image")
  void image(
      Actor caller, @PathVariable String id, @PathVariable String file, HttpServletResponse answer)
      throws InterruptedException, IOException, RefusedException {
    // The bytes are held until the last one is sent, however slowly it is taken.
    try (ImagePlaces.Place place = images.take(caller)) {
      DatasetLooks.Image image =
          disks.<DatasetLooks.Image, RefusedException>look(() -> looks.image(caller, id, file));
      answer.setContentType(image.mediaType());
      answer.setContentLength(image.bytes().length);
      answer.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
      answer.setHeader("X-Content-Type-Options", "nosniff");
      answer.setHeader("Content-Disposition", "inline");
      answer.setHeader("Cache-Control", "no-store");
      answer.getOutputStream().write(image.bytes());
    }
  }
}
