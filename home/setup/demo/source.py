"""Where the demo's data files are."""

from pathlib import Path

from home.setup.content import Record, read

DEMO = Path(__file__).resolve().parent.parent.parent / "demo"


def demo_file(name: str) -> Record:
    """Read one of the demo's data files, as `demo_file("themas")`."""
    return read(DEMO / f"{name}.toml")
