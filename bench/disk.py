"""A file system of one's own for one figure."""
import os
import shutil
import sys
import tempfile
from pathlib import Path

from common import run


class Disk:
    """A fresh ext4 on a loop device where we are root, else a folder. `with Disk(…) as folder`."""

    def __init__(self, work, gigabytes, inodes, options="loop,noatime"):
        self.folder = Path(tempfile.mkdtemp(prefix="admix-bench-", dir=work))
        self.image = None
        if os.geteuid() == 0:
            self.image = self.folder / "disk.img"
            run("truncate", "-s", f"{gigabytes}G", self.image)
            run("mkfs.ext4", "-q", "-E", "lazy_itable_init=0,lazy_journal_init=0", "-N", inodes, self.image)
            self.path = self.folder / "disk"
            self.path.mkdir()
            run("mount", "-o", options, self.image, self.path)
        else:
            print("not root: measured on the folder's own file system", file=sys.stderr)
            self.path = self.folder

    def __enter__(self):
        return self.path

    def __exit__(self, *_):
        if self.image:
            run("umount", self.path)
        shutil.rmtree(self.folder)
