"""What every figure needs: running programs, and saying what was measured."""
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADMIX = ROOT / "admix"
PEERS = ROOT / "bench/peers"


def run(*command, check=True, **more):
    return subprocess.run([str(c) for c in command], check=check, text=True, capture_output=True, **more)


def java_home():
    return run("sh", "-c", '. "$0/scripts/find-jdk.sh" && find_jdk && echo "$JAVA_HOME"', ROOT).stdout.strip()


def java(main, *args, **more):
    """Runs a source file of the bench module over the libraries that the launcher built."""
    application = ROOT / "cli/target/app"
    libraries = application / (application / "current").read_text().strip()
    return run(f"{java_home()}/bin/java", "--enable-native-access=ALL-UNNAMED", "-cp", f"{libraries}/*",
               ROOT / f"bench/src/main/java/io/admix/bench/{main}.java", *args, **more)


def admix(home, *args, heap=None, environment=None):
    """Runs the command line; returns what it printed, wall seconds, and processor seconds of all its processes."""
    env = dict(os.environ, ADMIX_HOME=str(home), **(environment or {}))
    if heap:
        env["ADMIX_JAVA_OPTS"] = f"-Xmx{heap}"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run([str(ADMIX), *map(str, args)], text=True, capture_output=True, env=env)
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 4):
        sys.exit(f"admix {' '.join(map(str, args))} ended with {done.returncode}:\n{done.stderr[-4000:]}")
    return done.stdout, seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def seconds_of(*command, **more):
    start = time.perf_counter()
    run(*command, **more)
    return time.perf_counter() - start


def settle():
    """Writes out what earlier runs left: a mix syncs its file system before it publishes, and is not to pay for its peers."""
    os.sync()


def peer_rate(output):
    return float(output.rsplit("files_per_second=", 1)[1].split()[0])


def say(**figure):
    print(json.dumps(figure), flush=True)


def summary(values, digits=1):
    return {"median": round(statistics.median(values), digits), "least": round(min(values), digits), "most": round(max(values), digits)}


def summaries(lists, digits=1):
    return {name: summary(values, digits) for name, values in lists.items() if values}


def machine():
    memory = next(int(line.split()[1]) for line in open("/proc/meminfo", encoding="ascii") if line.startswith("MemTotal"))
    return {"machine": platform.platform(), "cpus": os.cpu_count(), "memory_gib": round(memory / 2**20),
            "java": run(f"{java_home()}/bin/java", "--version").stdout.splitlines()[0],
            "commit": run("git", "-C", ROOT, "rev-parse", "--short=12", "HEAD", check=False).stdout.strip(),
            "time": time.strftime("%Y-%m-%d %H:%M")}


def mix_recipe(folder, name, layout, count=None, dataset="bench"):
    path = folder / f"{name}.yaml"
    share = f"count: {count}" if count else "weight: 1"
    path.write_text(f"name: {name}\nseed: 42\ntarget: ./{name}\nlayout: {layout}\nlink: [hardlink]\n"
                    f"sources:\n  - dataset: {dataset}\n    {share}\n")
    return path


def build_linkbench(folder):
    linkbench = folder / "linkbench"
    run("cc", "-O2", "-pthread", PEERS / "linkbench.c", "-o", linkbench)
    return linkbench
