"""A mail server on loopback that keeps what it gets."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_string, policy
from email.message import EmailMessage
from threading import Thread


@dataclass
class Mailbox:
    """Where the server listens, and what came: the addresses each mail was for, and the mail."""

    port: int
    mails: list[tuple[list[str], EmailMessage]] = field(default_factory=list)


class _Session(socketserver.StreamRequestHandler):
    """Speaks as much of SMTP (RFC 5321) as Python's client asks."""

    def handle(self) -> None:
        self.say("220 mail.example")
        receivers: list[str] = []
        while line := self.rfile.readline().decode().strip():
            verb = line.upper()
            if verb.startswith("RCPT TO:"):
                receivers.append(line[8:].partition("<")[2].partition(">")[0])
                self.say("250 OK")
            elif verb == "DATA":
                self.say("354 Go on")
                self.server.mailbox.mails.append((receivers, self.mail()))  # type: ignore[attr-defined]
                receivers = []
                self.say("250 OK")
            elif verb == "QUIT":
                self.say("221 Bye")
                return
            else:
                self.say("250 OK")

    def mail(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line.removeprefix("."))
        return message_from_string("\n".join(lines), policy=policy.default)  # type: ignore[arg-type, return-value]

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Run one while the block runs."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session) as server:
        server.daemon_threads = True
        mailbox = Mailbox(server.server_address[1])
        server.mailbox = mailbox  # type: ignore[attr-defined]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield mailbox
        finally:
            server.shutdown()
            thread.join()
