"""What `make` needs on a fresh machine: the environment, Node, an embedded PostgreSQL, the running site."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / ".local"
