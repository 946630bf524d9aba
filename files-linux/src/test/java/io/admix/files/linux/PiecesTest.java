package io.admix.files.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.CopyProgress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PiecesTest {
  private final Pieces pieces = new Pieces();

  @Test
  void aTerabyteOfSharedBlocks_takesLittleMoreThanAThousandCalls() {
    long calls = 0;
    for (long done = 0; done < 1L << 40; done += pieces.size(), calls++) {
      pieces.took(TimeUnit.MILLISECONDS.toNanos(1));
    }
    assertThat(calls).isBetween(1_024L, 1_040L);
  }

  @Test
  void onASlowDisk_itIsToldOften() {
    pieces.took(TimeUnit.MILLISECONDS.toNanos(1));
    assertThat(pieces.size()).isEqualTo(2 * CopyProgress.STEP);
    pieces.took(TimeUnit.MILLISECONDS.toNanos(100));
    assertThat(pieces.size()).isEqualTo(2 * CopyProgress.STEP);
    pieces.took(TimeUnit.SECONDS.toNanos(1));
    pieces.took(TimeUnit.SECONDS.toNanos(1));
    assertThat(pieces.size()).isEqualTo(CopyProgress.STEP);
  }
}
