package io.admix.server.pages;

import io.admix.server.pages.Assets.Asset;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Sends the files that pages are made with. */
@RestController
final class AssetsController {
  private static final CacheControl FOR_EVER =
      CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable();

  private final Assets assets;

  AssetsController(Assets assets) {
    this.assets = assets;
  }

  /** An address with the content's version never changes what it means. */
  @GetMapping(Assets.PATH + "{name}")
  ResponseEntity<byte[]> send(
      @PathVariable String name,
      @RequestParam(name = "v", defaultValue = "") String version,
      HttpServletRequest request) {
    Optional<Asset> found = assets.find(name);
    if (found.isEmpty()) {
      return ResponseEntity.notFound().build();
    }
    Asset asset = found.get();
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.ok()
            .cacheControl(version.equals(asset.version()) ? FOR_EVER : CacheControl.noCache())
            .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
            .header(HttpHeaders.CONTENT_TYPE, asset.type());
    return takesGzip(request)
        ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(asset.zipped())
        : answer.body(asset.bytes());
  }

  private static boolean takesGzip(HttpServletRequest request) {
    String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
    return accepted != null && accepted.contains("gzip") && !accepted.contains("gzip;q=0");
  }
}
