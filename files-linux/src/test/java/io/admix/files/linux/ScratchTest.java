package io.admix.files.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.admix.files.Errno;
import io.admix.files.Fault;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScratchTest {
  private final Scratch scratch = Scratch.get();

  @ParameterizedTest
  @ValueSource(strings = {"a", "...", ".hidden", "a b", "ä", "aä\uD835\uDCB3", "名"})
  void aName_isEncoded(String name) throws Exception {
    assertThat(text(scratch.firstName("openat", name))).isEqualTo(name);
    assertThat(text(scratch.secondName("openat", name))).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "/", "a/b", "ä/b", "a/ä", "a\0b", "ä\0", "\0"})
  void whatIsNoSegment_isRefusedAsSuch(String name) {
    Fault fault = catchThrowableOfType(Fault.class, () -> scratch.firstName("openat", name));
    assertThat(fault.errno()).isEqualTo(Errno.EINVAL);
    assertThat(fault)
        .hasMessageContaining("not a single safe path segment")
        .hasMessageContaining('"' + name.replace("\0", "\\0") + '"');
  }

  @Test
  void aPath_mayHaveSlashes() throws Exception {
    assertThat(text(scratch.first("openat", "/a/ä"))).isEqualTo("/a/ä");
    assertThat(text(scratch.second("openat", "a/b"))).isEqualTo("a/b");
  }

  @Test
  void whatIsTooLong_isTold() {
    for (String name : new String[] {"a".repeat(4_096), "ä".repeat(2_048)}) {
      assertThat(catchThrowableOfType(Fault.class, () -> scratch.firstName("openat", name)).errno())
          .isEqualTo(Errno.ENAMETOOLONG);
      assertThat(catchThrowableOfType(Fault.class, () -> scratch.first("openat", name)).errno())
          .isEqualTo(Errno.ENAMETOOLONG);
    }
  }

  private static String text(long address) {
    return MemorySegment.ofAddress(address).reinterpret(4_096).getString(0, StandardCharsets.UTF_8);
  }
}
