"""What a command costs before it does anything: help, a small plan, and a server that is ready."""
import tempfile
from pathlib import Path

from common import admix, say, summary
from service import Service

RECIPE = """name: small
seed: 1
target: ./small
total: 100
sources:
  - path: ./a
    weight: 3
  - path: ./b
    weight: 1
"""


def start(options):
    with tempfile.TemporaryDirectory(dir=options.work, prefix="admix-bench-") as place:
        folder = Path(place)
        timed("start help", 4 * options.rounds, lambda: admix(folder / "home", "--help")[1])
        for source in ("a", "b"):
            (folder / source).mkdir()
            for number in range(200):
                (folder / source / f"{number:03d}.txt").write_text(f"{number}\n")
        recipe = folder / "small.yaml"
        recipe.write_text(RECIPE)
        timed("start plan", 4 * options.rounds, lambda: admix(folder / "home", "plan", recipe)[1])
        timed("start serve", options.rounds, lambda: ready(folder / "serving" / "home"))


def timed(figure, times, once):
    """The first is not counted: it makes what all later ones find."""
    once()
    say(figure=figure, starts=times, milliseconds=summary([once() * 1000 for _ in range(times)]))


def ready(home):
    home.mkdir(parents=True, exist_ok=True)
    with Service(home, {}) as served:
        return served.seconds_to_ready
