"""The hot loops by JMH: rank, cut, plan file, rows, one placement. Forked JVMs, each loop by itself."""
import json
import os
import sys
import tempfile
from pathlib import Path

from common import ROOT, java_home, run, say, summary
from disk import Disk
from service import Postgres

# What stands between the shell and the loops: benchmarks of one database or one file system run once for each.
LOOPS = ["RankBenchmark", "CutBenchmark", "PlanFileBenchmark", "CopyEncodingBenchmark"]


def jmh(options):
    build()
    with Disk(options.work, 8, 200_000) as disk, Postgres(options.work) as postgres, tempfile.TemporaryDirectory(dir=options.work) as results:
        folders = ",".join(["/dev/shm", str(disk)] if disk.is_mount() else [str(disk)])
        database = postgres.environment
        for number, (pattern, more) in enumerate([
                ("|".join(LOOPS), []),
                ("PlaceBenchmark", ["-p", f"folder={folders}"]),
                ("RecordBenchmark", ["-p", f"database=sqlite,{database['ADMIX_DB']}", "-jvmArgsAppend",
                                     f"--enable-native-access=ALL-UNNAMED -Dadmix.bench.user={database['ADMIX_DB_USER']} "
                                     f"-Dadmix.bench.password={database['ADMIX_DB_PASSWORD']} -Djava.io.tmpdir={disk}"])]):
            told(measure(pattern, Path(results) / f"{number}.json", more), {str(disk): "ext4", "/dev/shm": "tmpfs", database["ADMIX_DB"]: "postgresql"})


def build():
    """Compiles the bench module and gathers its libraries."""
    done = run("mvn", "-q", "-B", "-ntp", "-f", ROOT / "pom.xml", "-pl", "bench", "-am", "-DskipTests", "-Dadmix.without-tests=true",
               "-Dcyclonedx.skip=true", "-Dlicense.skip=true", "package", check=False,
               env=dict(os.environ, JAVA_HOME=java_home(), MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow"))
    if done.returncode != 0:
        sys.exit(f"the bench module was not built:\n{done.stdout[-4000:]}")


def measure(pattern, file, more):
    done = run(f"{java_home()}/bin/java", "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED",
               "-cp", f"{ROOT}/bench/target/classes:{ROOT}/bench/target/lib/*", "org.openjdk.jmh.Main", pattern,
               "-foe", "true", "-rf", "json", "-rff", file, *more, check=False)
    if done.returncode != 0 or not file.exists():
        sys.exit(f"JMH on {pattern} ended with {done.returncode}:\n{done.stdout[-4000:]}{done.stderr[-2000:]}")
    return json.loads(file.read_text())


def told(results, words):
    for result in results:
        kind, method = result["benchmark"].rsplit(".", 2)[1:]
        parameters = {name: words.get(value, value) for name, value in result.get("params", {}).items()}
        samples = [value for fork in result["primaryMetric"]["rawData"] for value in fork]
        say(figure=f"jmh {kind.removesuffix('Benchmark')}.{method} {' '.join(parameters.values())}".strip(), parameters=parameters,
            unit=result["primaryMetric"]["scoreUnit"], score=summary(samples, 3))
