#!/bin/sh
# /usr/local/bin/veiligheidsnetwerk: Python of the site with the site's environment, as in
#   sudo -u veiligheidsnetwerk veiligheidsnetwerk manage.py migrate
set -eu
set -a
. /etc/veiligheidsnetwerk/cms.env
set +a
cd /opt/veiligheidsnetwerk/app
exec /opt/veiligheidsnetwerk/venv/bin/python "$@"
