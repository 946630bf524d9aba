package io.admix.engine.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By a clock that is set by hand. */
class BeatWatchTest {
  private static final long LEASE = TimeUnit.SECONDS.toNanos(60);

  @TempDir Path folder;
  private final AtomicLong now = new AtomicLong();
  private final AtomicBoolean isGivenUp = new AtomicBoolean();
  private Path beat;
  private BeatWatch watch;

  @BeforeEach
  void begin() throws IOException {
    beat = Files.writeString(folder.resolve("beat"), "1");
    watch = new BeatWatch(beat, LEASE, isGivenUp::get, now::get);
  }

  private void pass(long seconds) {
    now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  private void write(String text) {
    try {
      Files.writeString(beat, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aBeatThatGrows_letsTheAttemptGoOn_howeverLong() {
    for (int i = 2; i < 50; i++) {
      write(Integer.toString(i));
      pass(25);
      assertThatCode(watch::check).doesNotThrowAnyException();
    }
  }

  @Test
  void aBeatThatStandsStillForALease_endsTheAttempt() {
    watch.check();
    pass(29);
    assertThatCode(watch::check).doesNotThrowAnyException();
    pass(32);
    assertThatThrownBy(watch::check)
        .isInstanceOf(BeatWatch.EndedException.class)
        .hasMessageContaining("not heard of for its lease");
  }

  @Test
  void afterHalfALease_theAttemptWaits_andGoesOnWhenTheBeatDoes() {
    AtomicInteger asked = new AtomicInteger();
    BeatWatch waiting =
        new BeatWatch(
            beat,
            LEASE,
            () -> {
              // Asked again and again while it waits.
              if (asked.incrementAndGet() == 4) {
                write("2");
              }
              return false;
            },
            now::get);
    waiting.check();
    pass(40);
    assertThatCode(waiting::check).doesNotThrowAnyException();
    assertThat(asked.get()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void aBeatThatIsOverOrGone_orAnAttemptThatIsGivenUp_endsAtOnce() throws IOException {
    write(Beat.OVER);
    assertThatThrownBy(watch::check).hasMessageContaining("has stopped placing");
    Files.delete(beat);
    pass(2);
    assertThatThrownBy(watch::check).hasMessageContaining("another process goes on");
    isGivenUp.set(true);
    assertThatThrownBy(watch::check).hasMessageContaining("gave this attempt up");
  }

  @Test
  void aBeatThatCannotBeRead_isAsOneThatStandsStill() throws IOException {
    watch.check();
    Files.delete(beat);
    // A folder cannot be read as a file, whoever asks.
    Files.createDirectory(beat);
    pass(20);
    assertThatCode(watch::check).doesNotThrowAnyException();
    pass(41);
    assertThatThrownBy(watch::check).hasMessageContaining("not heard of for its lease");
  }
}
