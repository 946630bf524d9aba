package io.admix.core.fuzz;

import io.admix.core.name.NamesFuzz;
import io.admix.core.select.GlobFuzz;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text of strangers against the rules of names and patterns. */
class FuzzTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(classes = {NamesFuzz.class, GlobFuzz.class})
  void noInput_breaksWhatIsPromised(Class<?> target) throws Exception {
    Fuzzing.run(target, folder);
  }
}
