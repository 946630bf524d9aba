#!/usr/bin/env python3
"""asyncio_links.py LIST TARGET CONCURRENCY

The way in which DataMate places files (its pull request 475), for comparison in one run with ours: one coroutine per file behind an asyncio.Semaphore,
each os.link on a worker thread, symlink and copy as fallbacks, results gathered at the end. No database.
Prints files per second.
"""
import asyncio
import os
import shutil
import sys
import time


async def place_all(paths, target, concurrency):
    semaphore = asyncio.Semaphore(concurrency)

    async def place(index, source):
        name = os.path.join(target, f"{index:09d}")
        async with semaphore:
            try:
                await asyncio.to_thread(os.link, source, name)
            except OSError:
                try:
                    await asyncio.to_thread(os.symlink, source, name)
                except OSError:
                    await asyncio.to_thread(shutil.copy2, source, name)
            return True

    return await asyncio.gather(*[place(i, p) for i, p in enumerate(paths)], return_exceptions=True)


def main():
    with open(sys.argv[1], encoding="utf-8") as listing:
        paths = [line.rstrip("\n") for line in listing]
    target, concurrency = sys.argv[2], int(sys.argv[3])
    os.mkdir(target)
    start = time.perf_counter()
    results = asyncio.run(place_all(paths, target, concurrency))
    seconds = time.perf_counter() - start
    failures = sum(1 for r in results if r is not True)
    print(f"asyncio concurrency={concurrency} files={len(paths)} failures={failures} seconds={seconds:.3f} "
          f"files_per_second={len(paths) / seconds:.0f}")


main()
