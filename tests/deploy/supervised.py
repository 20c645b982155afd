"""A program for the tests: supervises the commands in its JSON argument, and says how that ended."""

import json
import sys

from deploy.local import ROOT
from deploy.local.supervisor import Process, Supervisor

with Supervisor(patience=1) as supervisor:
    with supervisor.holding_logs():
        for name, command in json.loads(sys.argv[1]):
            supervisor.start(Process(name, command, ROOT))
        print("started", flush=True)
    ended = supervisor.wait()
print(ended or "asked", flush=True)
