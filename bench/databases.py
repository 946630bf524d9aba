"""The two databases that a mix can be recorded in, and what their own shells do with the same rows."""
import time

from common import run, seconds_of, settle

COLUMNS = ("id, dataset_id, file_name, file_path, file_type, file_size, check_sum, tags, tags_updated_at, annotation, metadata, status, upload_time, "
           "last_access_time, created_at, updated_at")
READ = "SELECT id, file_path, file_size, upload_time FROM t_dm_dataset_files WHERE dataset_id = '{}'"
BATCH = 2_048


class Sqlite:
    """A catalogue in the home. Its shell gets the settings and the batches that Admix uses."""
    name = "sqlite"
    environment = {}

    def __init__(self, home):
        self.home = home

    def processor_seconds(self):
        return 0.0

    def dataset(self, name):
        return self.shell(self.home / "catalog.db", f"SELECT id FROM t_dm_datasets WHERE name = '{name}';").strip()

    def seconds_to_read(self, dataset):
        return seconds_of("sh", "-c", 'sqlite3 "$0" "$1" >/dev/null', self.home / "catalog.db", READ.format(dataset))

    def seconds_to_write(self, dataset, folder):
        """The dataset's rows, in the order in which they were written, into a fresh file of the same schema."""
        rows, fresh = folder / f"rows-{dataset}.db", folder / f"fresh-{dataset}.db"
        self.shell(rows, f"PRAGMA page_size=8192; ATTACH '{self.home}/catalog.db' AS c;"
                         f"CREATE TABLE r AS SELECT {COLUMNS} FROM c.t_dm_dataset_files WHERE dataset_id = '{dataset}';")
        count = int(self.shell(rows, "SELECT COUNT(*) FROM r;"))
        schema = self.shell(self.home / "catalog.db", ".schema t_dm_dataset_files")
        self.shell(fresh, f"PRAGMA page_size=8192; PRAGMA journal_mode=WAL; {schema}")
        script = [f"ATTACH '{rows}' AS s; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000; PRAGMA wal_autocheckpoint=4000;"]
        for first in range(1, count + 1, BATCH):
            script.append(f"BEGIN IMMEDIATE; INSERT INTO t_dm_dataset_files ({COLUMNS}) SELECT {COLUMNS} FROM s.r "
                          f"WHERE rowid BETWEEN {first} AND {first + BATCH - 1}; COMMIT;")
        settle()
        return seconds_of("sqlite3", fresh, input="\n".join(script))

    @staticmethod
    def shell(file, script):
        return run("sqlite3", file, input=script).stdout


class Postgresql:
    """A server of its own. Its shell copies the rows out and into a fresh table with the same columns, indexes and reference."""
    name = "postgresql"

    def __init__(self, home, postgres):
        self.home = home
        self.postgres = postgres
        self.environment = postgres.environment

    def processor_seconds(self):
        return self.postgres.processor_seconds()

    def dataset(self, name):
        return self.postgres.psql(f"SELECT id FROM t_dm_datasets WHERE name = '{name}';").strip()

    def seconds_to_read(self, dataset):
        return self.timed(f"COPY ({READ.format(dataset)}) TO STDOUT;")

    def seconds_to_write(self, dataset, folder):
        file = folder / f"rows-{dataset}.copy"
        self.postgres.psql(f"\\copy (SELECT {COLUMNS} FROM t_dm_dataset_files WHERE dataset_id = '{dataset}') TO '{file}'\n"
                           "CREATE SCHEMA IF NOT EXISTS bench; DROP TABLE IF EXISTS bench.files;"
                           "CREATE TABLE bench.files (LIKE t_dm_dataset_files INCLUDING ALL);"
                           "ALTER TABLE bench.files ADD FOREIGN KEY (dataset_id) REFERENCES t_dm_datasets (id) ON DELETE CASCADE;")
        settle()
        return self.timed(f"\\copy bench.files ({COLUMNS}) FROM '{file}'\n")

    def timed(self, script):
        with open("/dev/null", "w", encoding="ascii") as nowhere:
            begun = time.perf_counter()
            self.postgres.psql(script, nowhere)
            return time.perf_counter() - begun
