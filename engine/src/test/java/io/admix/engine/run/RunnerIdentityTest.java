package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerIdentityTest {
  @TempDir Path folder;
  private Path proc;
  private Path machine;

  @BeforeEach
  void trees() throws IOException {
    proc = folder.resolve("proc");
    machine = folder.resolve("machine-id");
    Files.createDirectories(proc.resolve("sys/kernel/random"));
    Files.createDirectories(proc.resolve("self/ns"));
    Files.writeString(proc.resolve("sys/kernel/hostname"), "box\n");
    Files.writeString(proc.resolve("sys/kernel/random/boot_id"), "boot-1\n");
    Files.writeString(machine, "m1\n");
    Files.createSymbolicLink(proc.resolve("self/ns/pid"), Path.of("pid:[4026531836]"));
    process(10, 'S', 500);
    process(20, 'R', 900);
  }

  @Test
  void itsTextIsReadBack() {
    RunnerIdentity identity = of(10);
    assertThat(RunnerIdentity.parse(identity.text())).contains(identity);
    assertThat(RunnerIdentity.parse("nonsense")).isEmpty();
    assertThat(identity.inWords()).isEqualTo("process 10 on host box");
  }

  @Test
  void aProcessThatIsThere_isAlive() {
    assertThat(of(10).knowsDead(of(20), proc)).isFalse();
  }

  @Test
  void aProcessThatIsGone_isDead() throws IOException {
    RunnerIdentity other = of(20);
    remove(20);
    assertThat(of(10).knowsDead(other, proc)).isTrue();
  }

  @Test
  void aPidGivenOutAgain_isDead() throws IOException {
    RunnerIdentity other = of(20);
    process(20, 'R', 901);
    assertThat(of(10).knowsDead(other, proc)).isTrue();
  }

  @Test
  void aZombie_isDead() throws IOException {
    RunnerIdentity other = of(20);
    process(20, 'Z', 900);
    assertThat(of(10).knowsDead(other, proc)).isTrue();
  }

  @Test
  void anotherHost_cannotBeTold() throws IOException {
    RunnerIdentity other = of(20);
    remove(20);
    Files.writeString(proc.resolve("sys/kernel/hostname"), "other\n");
    assertThat(of(10).knowsDead(other, proc)).isFalse();
  }

  @Test
  void anotherMachineOfTheSameName_cannotBeTold() throws IOException {
    RunnerIdentity other = of(20);
    remove(20);
    Files.writeString(machine, "m2\n");
    Files.writeString(proc.resolve("sys/kernel/random/boot_id"), "boot-2\n");
    assertThat(of(10).knowsDead(other, proc)).isFalse();
  }

  @Test
  void anotherBoot_isDead_butOnlyOnAMachineWithAnId() throws IOException {
    RunnerIdentity other = of(20);
    Files.writeString(proc.resolve("sys/kernel/random/boot_id"), "boot-2\n");
    assertThat(of(10).knowsDead(other, proc)).isTrue();
    Files.delete(machine);
    RunnerIdentity nameless = of(20);
    Files.writeString(proc.resolve("sys/kernel/random/boot_id"), "boot-3\n");
    assertThat(of(10).knowsDead(nameless, proc)).isFalse();
  }

  @Test
  void anotherPidNamespace_cannotBeTold() throws IOException {
    RunnerIdentity other = of(20);
    remove(20);
    Files.delete(proc.resolve("self/ns/pid"));
    Files.createSymbolicLink(proc.resolve("self/ns/pid"), Path.of("pid:[1]"));
    assertThat(of(10).knowsDead(other, proc)).isFalse();
  }

  @Test
  void inItsOwnProcess_aRunIsAliveUntilItEnds() {
    RunnerIdentity running = RunnerIdentity.begin();
    RunnerIdentity asking = RunnerIdentity.begin();
    assertThat(asking.knowsDead(running.text())).isFalse();
    running.ended();
    assertThat(asking.knowsDead(running.text())).isTrue();
    asking.ended();
  }

  private RunnerIdentity of(long pid) {
    return RunnerIdentity.of(proc, machine, pid, "run-" + pid);
  }

  private void process(long pid, char state, long started) throws IOException {
    Path at = Files.createDirectories(proc.resolve(Long.toString(pid)));
    String rest = "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 ";
    Files.writeString(
        at.resolve("stat"), pid + " (odd ) name) " + state + " " + rest + started + " 99\n");
  }

  private void remove(long pid) throws IOException {
    Files.delete(proc.resolve(pid + "/stat"));
    Files.delete(proc.resolve(Long.toString(pid)));
  }
}
