"""`make run` and `make dev`: everything from packages to running processes, on this machine's loopback only."""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import secrets
import signal
import socket
import sys
import time

from deploy.local import ROOT, STATE, content, node, postgres
from deploy.local.locks import held
from deploy.local.steps import StepError, step, told
from deploy.local.supervisor import Process, Supervisor

HOST = "127.0.0.1"
PORT_VARIABLES = {"site": ("PORT", 8000), "frontend": ("FRONTEND_PORT", 4321)}
START_SECONDS = 120.0


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m deploy.local.site")
    parser.add_argument("--dev", action="store_true", help="the frontend from its sources, with hot reload")
    arguments = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    with told():
        ports = free_ports()
        node.install()
        if not arguments.dev:
            node.build()
        with contextlib.ExitStack() as stack:
            with step("Database"):
                url = stack.enter_context(postgres.address())
            with held(STATE / "content.lock", waiting=lambda: print("  Another command is filling the database…")):
                content.fill(url)
            sys.exit(serve(url, ports, dev=arguments.dev))


def free_ports() -> dict[str, int]:
    """The ports to listen on. Raises StepError, with the way out, for one that is taken or no port at all."""
    ports = {}
    for what, (variable, default) in PORT_VARIABLES.items():
        value = os.environ.get(variable) or str(default)
        if not value.isdigit() or not 0 < int(value) < 65536:
            raise StepError(f"{variable} is {value!r}; it must be a number from 1 to 65535.")
        ports[what] = int(value)
        other = int(value) + 1
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, int(value)))
            except OSError as error:
                raise StepError(
                    f"Port {value} of {HOST}, for the {what}, can't be used: {error.strerror}.\n"
                    f"Stop what uses it, or choose another port: {variable}={other} make run"
                ) from error
    if ports["site"] == ports["frontend"]:
        raise StepError(f"PORT and FRONTEND_PORT are both {ports['site']}; they must differ.")
    return ports


def processes(url: str, ports: dict[str, int], *, dev: bool) -> list[Process]:
    """What runs: Django and the worker, which reload when code changes, the publisher of planned pages, frontend."""
    manage = [sys.executable, str(ROOT / "manage.py")]
    settings = {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "cms.settings.development"),
        "FRONTEND_URL": f"http://{HOST}:{ports['frontend']}",
        # The site of a demo was made for one port; this is the one of now.
        "FRONTEND_ADDRESSES": f"localhost=http://localhost:{ports['site']}",
        # By it the API knows this frontend.
        "FRONTEND_SECRET": secrets.token_urlsafe(32),
    }
    frontend = node.environment() | {
        "HOST": HOST,
        "PORT": str(ports["frontend"]),
        "CMS_API_URL": f"http://{HOST}:{ports['site']}/api/v1",
        "FRONTEND_SECRET": settings["FRONTEND_SECRET"],
    }
    port = str(ports["frontend"])
    if dev:
        # Astro's own lock allows one in a clone, and goes by a pid that may have become somebody else's.
        options = ["--ignore-lock", "--host", HOST, "--port", port]
        command = [str(node.node_bin() / "npm"), "run", "dev", "--", *options]
    else:
        command = [str(node.node_bin() / "node"), "dist/server/entry.mjs"]
    return [
        Process("site", [*manage, "runserver", f"{HOST}:{ports['site']}"], ROOT, settings),
        Process("worker", [*manage, "db_worker"], ROOT, settings),
        Process("publisher", [*manage, "publiceer_op_tijd"], ROOT, settings),
        Process("frontend", command, node.FRONTEND, frontend),
    ]


def serve(url: str, ports: dict[str, int], *, dev: bool) -> int:
    """Run the site until it is asked to stop (0) or a process ends (1)."""
    with Supervisor() as supervisor:
        # Quiet until the table: what the processes say in the meantime follows it.
        with supervisor.holding_logs():
            with step("Start"):
                for process in processes(url, ports, dev=dev):
                    supervisor.start(process)
                accounts = content.logins(url)
                ended = wait_for_answers(supervisor, list(ports.values()))
            if not ended and not supervisor.was_asked:
                print(table(ports, accounts), flush=True)
        ended = ended or supervisor.wait()
    if ended:
        print(f"\n{ended}; everything else has been stopped.", file=sys.stderr)
        return 1
    return 0


def wait_for_answers(supervisor: Supervisor, ports: list[int]) -> str | None:
    """Wait until the ports answer HTTP, one after the other; say which process ended before that, if one did.

    The frontend gets its first request when there is a site for it to render.
    """
    until = time.monotonic() + START_SECONDS
    for port in ports:
        while not supervisor.was_asked and not answers(port):
            if ended := supervisor.wait(0.2):
                return ended
            if time.monotonic() > until:
                return f"Nothing answers on port {port}"
    return None


def answers(port: int) -> bool:
    """Whether an HTTP server answers there, with whatever status."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def table(ports: dict[str, int], accounts: list[dict[str, str]]) -> str:
    """The addresses and logins, for a person."""
    site, frontend = (f"http://{HOST}:{ports[what]}" for what in ("site", "frontend"))
    lines = [
        "",
        f"  Site (Django)    {site}/",
        f"  Site (frontend)  {frontend}/",
        f"  Admin            {site}/admin/",
        f"  API              {site}/api/v1",
        "",
    ]
    if accounts:
        columns = ("rol", "gebruikersnaam", "wachtwoord")
        rows = [columns, *([account[column] for column in columns] for account in accounts)]
        widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
        lines += ["  " + "  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
        lines.append("")
    return "\n".join([*lines, "  Ctrl-C stops everything.", ""])


if __name__ == "__main__":
    main()
