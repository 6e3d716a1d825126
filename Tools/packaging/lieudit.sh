#!/bin/sh
# lieudit as the service runs it: with its configuration, and as its user when root calls.
LIEUDIT_CONFIG=${LIEUDIT_CONFIG-/etc/lieudit/lieudit.json}
export LIEUDIT_CONFIG
umask 077
# Swift's threads would tell the log each time that they may not be of a higher rank.
LIBDISPATCH_LOG=NO
export LIBDISPATCH_LOG
program=${LIEUDIT_PROGRAM:-/usr/lib/lieudit/lieudit}
if [ "$(id -u)" = 0 ] && id lieudit >/dev/null 2>&1; then
    exec setpriv --reuid lieudit --regid lieudit --init-groups --inh-caps=-all -- "$program" "$@"
fi
exec "$program" "$@"
