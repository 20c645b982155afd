"""The proxy of an operator's server, a real nginx: who answers which address, to which reader."""

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from deploy.local import ROOT
from tests.deploy.processes import eventually
from tests.e2e.conftest import free_port

NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
HOST = "www.voorbeeld.example"


@contextmanager
def upstream(name: str) -> Iterator[int]:
    """Run a server that answers with its name, and with a header of Django's where it is that."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(name)))
            if name == "cms":
                self.send_header("Strict-Transport-Security", "max-age=31536000; includeSubDomains; preload")
            self.end_headers()
            self.wfile.write(name.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def as_it_stands(name: str, ports: dict[str, int], own_port: int) -> str:
    """The file of that name, but for certificates, and with free ports."""
    text = (ROOT / "deploy/nginx" / name).read_text()
    text = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", text, flags=re.S)
    text = re.sub(r"    (ssl_|listen \[).*\n", "", text)
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{own_port};")
    text = text.replace("veiligheidsnetwerk/proxy.conf", str(ROOT / "deploy/nginx/proxy.conf"))
    return text.replace("127.0.0.1:8000", f"127.0.0.1:{ports['cms']}").replace(
        "127.0.0.1:4321", f"127.0.0.1:{ports['frontend']}"
    )


@pytest.fixture(scope="module", params=["django.conf", "frontend.conf"])
def proxy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    if not NGINX:
        pytest.skip("nginx is not installed (Debian: apt-get install nginx-light)")
    folder = tmp_path_factory.mktemp("nginx")
    with ExitStack() as stack:
        ports = {name: stack.enter_context(upstream(name)) for name in ("cms", "frontend")}
        port = free_port()
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
        (folder / "nginx.conf").write_text(
            f"daemon off; pid {folder}/pid; error_log {folder}/log; events {{}}\n"
            f"http {{ access_log off; {temporary} {as_it_stands(request.param, ports, port)} }}\n"
        )
        process = subprocess.Popen(
            [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL
        )
        try:
            eventually(lambda: process.poll() is not None or answers(port), "the proxy answers")
            assert process.poll() is None, (folder / "log").read_text()
            yield request.param, port
        finally:
            process.terminate()
            process.wait()


def answers(port: int) -> bool:
    try:
        HTTPConnection("127.0.0.1", port, timeout=2).connect()
    except OSError:
        return False
    return True


def ask(port: int, path: str, cookie: str = "", host: str = HOST) -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": host, **({"Cookie": cookie} if cookie else {})})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer, text


def test_each_address_goes_to_who_knows_it(proxy: tuple[str, int]):
    shape, port = proxy
    pages = "cms" if shape == "django.conf" else "frontend"
    for path in (
        "/admin/",
        "/api/v1/themas",
        "/status/gereed",
        "/static/x.css",
        "/media/x.webp",
        "/_util/login/?next=/",
    ):
        assert ask(port, path)[1] == "cms", path
    for path in ("/", "/themas/ondermijning/", "/_astro/site.css", "/sitemap.xml", "/kennisbank/publicaties.csv"):
        assert ask(port, path)[1] == pages, path
    assert ask(port, "/documenten/1/stuk.pdf")[1] == "cms"


def test_who_is_logged_in_reads_what_django_knows_of_accounts(proxy: tuple[str, int]):
    _shape, port = proxy
    for path in ("/voor-leden/", "/documenten/1/stuk.pdf"):
        for cookie in ("sessionid=abc", "toegang=x; sessionid=abc"):
            assert ask(port, path, cookie)[1] == "cms", (path, cookie)


def test_who_gave_the_password_of_a_page_gets_its_documents_where_that_is_known(proxy: tuple[str, int]):
    shape, port = proxy
    pages = "cms" if shape == "django.conf" else "frontend"
    for path in ("/met-wachtwoord/", "/documenten/1/stuk.pdf"):
        assert ask(port, path, "toegang=abc")[1] == pages, path


def test_only_https_is_said_once_on_every_page_and_no_other_host_is_served(proxy: tuple[str, int]):
    _shape, port = proxy
    for cookie in ("", "sessionid=abc", "toegang=abc"):
        answer, _text = ask(port, "/", cookie)
        assert answer.headers.get_all("Strict-Transport-Security") == ["max-age=31536000; includeSubDomains; preload"]
    assert ask(port, "/", host="elders.example")[0].status == 421
