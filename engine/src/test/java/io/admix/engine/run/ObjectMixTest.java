package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Task;
import io.admix.core.recipe.OnError;
import io.admix.engine.report.RunReport;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mixes whose target is a place of objects, out of objects and files. */
final class ObjectMixTest {
  @TempDir Path root;
  private ObjectLab lab;

  @BeforeEach
  void open() throws Exception {
    lab = new ObjectLab(root);
  }

  @AfterEach
  void close() throws Exception {
    lab.close();
  }

  @Test
  void objectsAndFiles_areMixedIntoAPlaceOfObjects() throws Exception {
    RunReport report = lab.run(lab.recipe(lab.objects("a", 25, 25), lab.folder("b", 12, 12)));
    lab.assertPublished(report, 37);
    assertThat(ObjectLab.text(lab.target, "a/d01/f0013.txt")).isEqualTo("a 13\n");
    assertThat(ObjectLab.text(lab.target, "b/d00/f0007.txt")).isEqualTo("b 7\n");
  }

  @Test
  void aCopiedObject_keepsItsMetadata_andBearsTheMarkOfItsTask() throws Exception {
    RunReport report = lab.run(lab.recipe(lab.objects("a", 2, 2)));
    var head =
        ObjectLab.plain()
            .headObject(
                b -> b.bucket(lab.target.bucket()).key(lab.target.object("a/d00/f0001.txt").key()));
    assertThat(head.metadata()).containsEntry("colour", "blue");
    assertThat(head.metadata().get("admix-made")).startsWith(report.taskId() + "/");
  }

  @Test
  void aTargetThatIsNotEmpty_isRefused_andNothingIsMade() throws Exception {
    ObjectLab.put(lab.target, "somebody/else.txt", "x");
    assertThatThrownBy(() -> lab.run(lab.recipe(lab.objects("a", 3, 2))))
        .hasMessageContaining(lab.target.toString());
    assertThat(ObjectLab.all(lab.target)).containsOnlyKeys("somebody/else.txt");
  }

  @Test
  void aForeignObjectUnderAPlannedName_failsThatEntryByName_andIsNeverOverwritten()
      throws Exception {
    String[] name = lab.foreignAtFirstCopy();
    RunReport report = lab.run(lab.recipe(OnError.SKIP, lab.objects("a", 10, 10)));
    assertThat(report.target().files()).isEqualTo(9);
    assertThat(report.failures().toString()).contains("CONFLICT").contains(name[0]);
    assertThat(ObjectLab.text(lab.target, name[0])).isEqualTo("foreign");
    assertThat(lab.task().status()).isEqualTo(Task.Status.COMPLETED);
  }

  @Test
  void aForeignObject_isReplacedByAReserve() throws Exception {
    String[] name = lab.foreignAtFirstCopy();
    RunReport report = lab.run(lab.recipe(OnError.REPLACE, lab.objects("a", 12, 10)));
    assertThat(report.target().files()).isEqualTo(10);
    assertThat(ObjectLab.text(lab.target, name[0])).isEqualTo("foreign");
    assertThat(ObjectLab.files(lab.target)).hasSize(11);
    assertThat(lab.rows()).hasSize(10).doesNotContain(name[0]);
  }
}
