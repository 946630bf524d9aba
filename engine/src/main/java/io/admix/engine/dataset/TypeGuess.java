package io.admix.engine.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells a dataset's type from the extensions of most of its files. */
final class TypeGuess {
  /** As DataMate names them; the last is for everything else. */
  static final List<String> TYPES = List.of("TEXT", "IMAGE", "AUDIO", "VIDEO", "OTHER");

  private static final String TEXT =
      "txt md rst csv tsv json jsonl ndjson xml html htm yaml yml toml ini cfg conf properties log tex srt vtt"
          + " java kt scala groovy c h cc cpp hpp cs go rs py pyi ipynb rb pl php js mjs ts tsx jsx css scss sql sh bash bat ps1 r jl m swift lua dart hs ml clj ex erl asm s pdf doc docx";
  private static final String IMAGE =
      "jpg jpeg png gif bmp tif tiff webp svg heic avif ico dcm ppm pgm";
  private static final String AUDIO = "wav mp3 flac ogg opus m4a aac wma aiff";
  private static final String VIDEO = "mp4 mkv avi mov webm mpg mpeg wmv flv m4v";
  private static final Map<String, Integer> BY_EXTENSION =
      Stream.of(TEXT, IMAGE, AUDIO, VIDEO)
          .flatMap(list -> Arrays.stream(list.split(" ")).map(e -> Map.entry(e, indexOf(list))))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private final long[] files = new long[TYPES.size()];

  void add(String path) {
    int dot = path.lastIndexOf('.');
    String extension =
        dot > path.lastIndexOf('/') ? path.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
    files[BY_EXTENSION.getOrDefault(extension, TYPES.size() - 1)]++;
  }

  /** The type of more than half the files, else OTHER. */
  String type() {
    long all = Arrays.stream(files).sum();
    for (int i = 0; i < files.length; i++) {
      if (files[i] * 2 > all) {
        return TYPES.get(i);
      }
    }
    return "OTHER";
  }

  private static int indexOf(String list) {
    return List.of(TEXT, IMAGE, AUDIO, VIDEO).indexOf(list);
  }
}
