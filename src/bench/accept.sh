#!/usr/bin/env bash
# The accept under load: how long POST /api/v1/customers takes until its 202, with 1 to 128 clients, first alone and then while
# 10,000 operations that waited are delivered to a stand-in for Odoo. Linux only; it reads /proc.
#
#   src/bench/accept.sh [--seconds N] [--clients 1,32] [--pending N] [--warm-up N] [binary|jar]...
#
# It measures what the build left in target/: ./mvnw package, and ./mvnw package -Dnative. Each client has a connection of its own
# and sends its next customer when the last is answered; so with N clients N requests are under way, and none waits at the client.
# A refused one (503, above 64 at once) waits as long as Retry-After says. Stand-in and clients run on the same machine.
# The queue is made in a new directory under target/, or under BENCH_DIRECTORY: it is that disk which is measured.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/bench.sh"
default=(binary jar)
bench Accept accept "$@"
