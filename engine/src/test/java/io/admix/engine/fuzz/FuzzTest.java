package io.admix.engine.fuzz;

import io.admix.core.fuzz.Fuzzing;
import io.admix.engine.dataset.TagsFuzz;
import io.admix.engine.plan.NumberingFuzz;
import io.admix.engine.plan.PlanFuzz;
import io.admix.engine.run.ReceiptFuzz;
import io.admix.engine.run.RecipeFuzz;
import io.admix.engine.settings.SettingsFuzz;
import io.admix.engine.verify.ManifestFuzz;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of strangers against everything that reads them. */
class FuzzTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      classes = {
        RecipeFuzz.class,
        TagsFuzz.class,
        PlanFuzz.class,
        NumberingFuzz.class,
        ManifestFuzz.class,
        ReceiptFuzz.class,
        SettingsFuzz.class
      })
  void noInput_breaksWhatIsPromised(Class<?> target) throws Exception {
    Fuzzing.run(target, folder);
  }
}
