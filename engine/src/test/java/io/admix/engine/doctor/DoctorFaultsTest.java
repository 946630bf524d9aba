package io.admix.engine.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.RefusedException;
import io.admix.engine.doctor.DoctorReport.Answer;
import io.admix.files.Errno;
import io.admix.files.FaultLayer;
import io.admix.files.FileAccess;
import io.admix.files.Operation;
import io.admix.files.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An examination that meets faults, and one by the portable access. */
class DoctorFaultsTest {
  @TempDir Path temporary;
  private Path source;
  private Path target;
  private final FaultLayer layer = new FaultLayer(FileAccess.portable());

  @BeforeEach
  void makeFolders() throws Exception {
    source = Files.createDirectory(temporary.toRealPath().resolve("source"));
    target = Files.createDirectory(temporary.toRealPath().resolve("target"));
    Files.writeString(source.resolve("a"), "hello");
    Sources.watch(source);
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(target).isEmptyDirectory();
  }

  private DoctorReport examine() throws Exception {
    return new Doctor(layer).examine(source, target);
  }

  @Test
  void thePortableAccess_saysWhatItDoesNotKnowAndNotPromise() throws Exception {
    DoctorReport report = examine();
    assertThat(report.access().name()).isEqualTo("portable");
    assertThat(report.access().openat2()).isNull();
    assertThat(report.source().mountPoint()).isEmpty();
    assertThat(report.source().project()).isEqualTo(-1);
    assertThat(report.answer(LinkMethod.HARDLINK)).isEqualTo(Answer.WORKS);
    assertThat(report.answer(LinkMethod.REFLINK)).isEqualTo(Answer.REFUSED);
    assertThat(report.notes())
        .anyMatch(note -> note.contains("is not noticed"))
        .anyMatch(note -> note.contains("claiming the final name"));
  }

  @Test
  void interruptedBetweenTwoTrials_itLeavesNothing() {
    layer.around(
        Operation.LINK,
        (call, act) -> {
          act.run();
          Thread.currentThread().interrupt();
        });
    assertThatThrownBy(this::examine).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aFaultInTheMiddle_isTold_andNothingIsLeft() {
    layer.failAt(Operation.DELETE_FILE, 1, Errno.EIO);
    assertThatThrownBy(this::examine)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("EIO");
  }

  @Test
  void whereNothingWorks_itIsHopeless() throws Exception {
    layer.failAlways(Operation.MAKE_FOLDER, Errno.EDQUOT);
    DoctorReport report = examine();
    assertThat(report.isHopeless()).isTrue();
    assertThat(report.methods().get(LinkMethod.COPY).errno()).isEqualTo("EDQUOT");
    assertThat(report.run().method()).isNull();
  }

  @Test
  void theFirstOfTheDefaultOrderThatWorks_isTold() throws Exception {
    layer.failAlways(Operation.LINK, Errno.EXDEV).failAlways(Operation.SYMLINK, Errno.EPERM);
    DoctorReport report = examine();
    assertThat(report.run().method()).isEqualTo(LinkMethod.COPY);
    assertThat(report.methods().get(LinkMethod.SYMLINK).errno()).isEqualTo("EPERM");
  }
}
