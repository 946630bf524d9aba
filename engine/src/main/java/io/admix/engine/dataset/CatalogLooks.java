package io.admix.engine.dataset;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.catalog.Dataset;
import io.admix.catalog.DatasetFile;
import io.admix.catalog.FilePage;
import io.admix.catalog.LineageRows;
import io.admix.engine.ConflictException;
import io.admix.engine.NotThereException;
import io.admix.files.Fault;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks into datasets over one catalogue. */
final class CatalogLooks implements DatasetLooks {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogLooks.class);
  private static final int CONTAINED_MAX = 1_000;

  private final Catalog catalog;
  private final SharedDatasets datasets;
  private final CataloguedFiles files;

  CatalogLooks(Catalog catalog, SharedDatasets datasets, CataloguedFiles files) {
    this.catalog = catalog;
    this.datasets = datasets;
    this.files = files;
  }

  @Override
  public FilePage files(
      Actor actor, String idOrName, String contained, @Nullable String after, int size)
      throws NotThereException, ConflictException {
    if (size < 1 || size > SharedDatasets.FILES_MOST) {
      throw new IllegalArgumentException(
          "size " + size + ": a page holds 1 to " + SharedDatasets.FILES_MOST);
    }
    Dataset dataset = datasets.find(actor, idOrName);
    // No path is longer, and none holds a NUL, which PostgreSQL refuses.
    if (contained.length() > CONTAINED_MAX || contained.indexOf('\0') >= 0) {
      return new FilePage(List.of(), null);
    }
    @Nullable String text = contained.isEmpty() ? null : contained;
    // One more than is shown tells whether a next page would show anything.
    FilePage page = catalog.datasets().files(dataset, text, after, size + 1);
    return page.items().size() <= size
        ? page
        : new FilePage(page.items().subList(0, size), page.items().get(size - 1).id());
  }

  @Override
  public SortedSet<String> labelNames(Actor actor, String idOrName)
      throws NotThereException, ConflictException {
    return catalog.datasets().labelNames(datasets.find(actor, idOrName));
  }

  @Override
  public List<Use> uses(Actor actor, String idOrName) throws NotThereException, ConflictException {
    Dataset dataset = datasets.find(actor, idOrName);
    List<Use> uses = new ArrayList<>();
    for (LineageRows.Edge edge : catalog.lineage().edgesFrom(actor, dataset.id(), USES_MOST)) {
      catalog
          .datasets()
          .byId(edge.to())
          .filter(made -> actor.maySee(made.owner()) && isThere(made))
          .ifPresent(mix -> uses.add(new Use(mix, edge.process(), edge.name())));
    }
    return uses;
  }

  private static boolean isThere(Dataset dataset) {
    return dataset.isWhole() && dataset.kind() != Dataset.Kind.REMOVING;
  }

  @Override
  public Preview preview(Actor actor, String idOrName, String fileId)
      throws NotThereException, ConflictException {
    Dataset dataset = datasets.find(actor, idOrName);
    DatasetFile file = file(dataset, fileId);
    try {
      CataloguedFiles.Head head = files.head(actor, dataset, file.path(), TEXT_BYTES_MOST + 1);
      return preview(dataset, file, head);
    } catch (Fault e) {
      LOG.debug("No preview of {} in {}", file.path(), dataset.name(), e);
      return shown(dataset, file, Preview.Kind.NOT_READABLE);
    }
  }

  private static Preview preview(Dataset dataset, DatasetFile file, CataloguedFiles.Head head) {
    if (head.bytes().length == 0) {
      return shown(dataset, file, Preview.Kind.EMPTY);
    }
    if (RasterType.of(head.bytes()).isPresent()) {
      return shown(
          dataset,
          file,
          head.size() > IMAGE_BYTES_MOST ? Preview.Kind.LARGE_IMAGE : Preview.Kind.IMAGE);
    }
    boolean isCut = head.bytes().length > TEXT_BYTES_MOST;
    return text(head.bytes(), isCut)
        .map(text -> new Preview(dataset, file, Preview.Kind.TEXT, text, isCut))
        .orElseGet(() -> shown(dataset, file, Preview.Kind.BINARY));
  }

  private static Preview shown(Dataset dataset, DatasetFile file, Preview.Kind kind) {
    return new Preview(dataset, file, kind, "", false);
  }

  /** The text, without half a character at its end when it is cut. */
  private static Optional<String> text(byte[] bytes, boolean isCut) {
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, TEXT_BYTES_MOST));
    CharBuffer out = CharBuffer.allocate(in.remaining());
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CoderResult result = decoder.decode(in, out, !isCut);
    String text = out.flip().toString();
    return result.isError() || text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(text);
  }

  private DatasetFile file(Dataset dataset, String fileId) throws NotThereException {
    return catalog
        .datasets()
        .file(dataset, fileId)
        .orElseThrow(() ->
            new NotThereException(
                "The dataset %s has no such file; it may have been read again since."
                    .formatted(dataset.name())));
  }

  @Override
  public Image image(Actor actor, String idOrName, String fileId)
      throws NotThereException, ConflictException {
    Dataset dataset = datasets.find(actor, idOrName);
    DatasetFile file = file(dataset, fileId);
    try {
      CataloguedFiles.Head head = files.head(actor, dataset, file.path(), IMAGE_BYTES_MOST);
      Optional<String> type = RasterType.of(head.bytes());
      if (type.isPresent() && head.size() <= IMAGE_BYTES_MOST) {
        return new Image(head.bytes(), type.get());
      }
    } catch (Fault e) {
      LOG.debug("No image of {} in {}", file.path(), dataset.name(), e);
    }
    throw new NotThereException("The file is no image that is shown.");
  }
}
