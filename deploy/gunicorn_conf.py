"""How gunicorn serves the site. WEB_CONCURRENCY (gunicorn's own variable) is the number of processes."""

import os

bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
# Threads wait for the database and for readers with slow lines; a process has as many as it has connections, so no
# request waits for a connection.
worker_class = "gthread"
threads = int(os.environ.get("DATABASE_POOL_SIZE", "8"))
# Each process opens connections of its own: a pool does not survive a fork.
preload_app = False
# A process that grew is renewed before it matters; not all at the same moment.
max_requests = 10_000
max_requests_jitter = 1_000
graceful_timeout = 30
keepalive = 75
# The heartbeat must not wait for a disk.
worker_tmp_dir = "/dev/shm"  # noqa: S108
# Readers' addresses stand in the proxy's log, if anywhere; errors go to standard error.
accesslog = None
errorlog = "-"
control_socket_disable = True
