"""Selection over generated rows by Spark: a driver and two executors, each a process of its own (local-cluster).

SPARK_HOME names a Spark 4 with its jars; ours are those of `mvn test-compile -pl spark -am`.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from common import ROOT, java, java_home, say, summary

MODULES = ("core", "files", "files-linux", "catalog", "engine", "spark")
OPENED = ("java.lang", "java.lang.invoke", "java.lang.reflect", "java.io", "java.net", "java.nio", "java.util", "java.util.concurrent", "java.util.concurrent.atomic",
          "jdk.internal.ref", "sun.nio.ch", "sun.nio.cs", "sun.util.calendar")
EXECUTORS = 2
DRIVER_MB = 512
EXECUTOR_MB = 1024
RECIPE = """name: scale
seed: 42
total: {total}
layout: by-source
sources:
  - dataset: web
    weight: 4
    exclude: ["shard-0000[0-4]*/**"]
  - dataset: code
    weight: 3
    label: {{name: language, values: [python, rust]}}
  - dataset: papers
    weight: 2
  - dataset: dialogue
    weight: 1
    label: {{name: language, values: [go]}}
"""


def spark_select(options):
    if "SPARK_HOME" not in os.environ:
        sys.exit("spark-select: SPARK_HOME names no Spark")
    for rows in (10**6, 10**8):
        select(int(rows * options.scale), options)


def select(rows, options):
    folder = Path(tempfile.mkdtemp(prefix="admix-bench-", dir=options.work))
    try:
        made = java("ExportedRows", folder / "home", folder / "export", rows).stdout.split()
        recipe = folder / "recipe.yaml"
        recipe.write_text(RECIPE.format(total=int(made[0]) // 10))
        told = run(folder, recipe)
        say(figure=f"spark-select {rows}", rows=int(made[0]), export_bytes=int(made[1]), entries=int(told["entries"]), parts=sum(1 for _ in (folder / "export").glob("*/part-*")),
            executors=EXECUTORS, heap={"driver": f"{DRIVER_MB}m", "executor": f"{EXECUTOR_MB}m"}, seconds=summary([int(told["plan_ms"]) / 1000]),
            session_seconds=int(told["session_ms"]) / 1000, driver_mb=int(told["driver_kb"]) // 1024, executor_mb=int(told["executor_kb"]) // 1024,
            steps={name: float(seconds) for name, seconds in told["steps"]})
    finally:
        shutil.rmtree(folder)


def run(folder, recipe):
    libraries = ROOT / "cli/target/app" / (ROOT / "cli/target/app/current").read_text().strip()
    classes = [ROOT / "spark/target/test-classes", *(ROOT / module / "target/classes" for module in MODULES)]
    path = ":".join([*map(str, classes), f"{os.environ['SPARK_HOME']}/jars/*", f"{libraries}/*"])
    opens = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED]
    command = [f"{java_home()}/bin/java", f"-Xmx{DRIVER_MB}m", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", *opens, "-cp", path,
               "io.admix.spark.SelectionAtScale", folder / "home", folder / "export", recipe, folder / "work", f"local-cluster[{EXECUTORS},1,{EXECUTOR_MB}]", EXECUTOR_MB]
    done = subprocess.run([str(word) for word in command], text=True, capture_output=True,
                          env=dict(os.environ, SPARK_SCALA_VERSION="2.13", SPARK_LOCAL_IP="127.0.0.1", JAVA_HOME=java_home()))
    if done.returncode != 0:
        sys.exit(f"spark-select ended with {done.returncode}:\n{done.stderr[-4000:]}")
    return {**dict(re.findall(r"^(\w+)=(\w+)$", done.stdout, re.M)), "steps": re.findall(r"^step (.+): ([\d.]+) s$", done.stdout, re.M)}
