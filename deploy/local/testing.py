"""`make test`: the browser and the built frontend are there first, then pytest, then the frontend's own tests."""

from __future__ import annotations

import os
import subprocess
import sys

from deploy.local import ROOT, chromium, node
from deploy.local.steps import told


def main() -> None:
    """Run all tests; arguments go to pytest, and with arguments only pytest runs."""
    selected = sys.argv[1:]
    with told():
        browser = chromium.ensure()
        node.install()
        node.build()
        environment = node.environment() | {"CHROMIUM_PATH": str(browser)}
        commands = [([sys.executable, "-m", "pytest", *selected], ROOT)]
        if not selected:
            commands.append(([str(node.node_bin() / "npm"), "test", "--if-present"], node.FRONTEND))
        codes = [
            subprocess.run(command, cwd=folder, env=os.environ | environment).returncode for command, folder in commands
        ]
    sys.exit(max(map(abs, codes)))


if __name__ == "__main__":
    main()
