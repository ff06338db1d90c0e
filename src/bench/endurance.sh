#!/usr/bin/env bash
# A day of a busy shop in an hour, against a stand-in for Odoo: quiet hours, rush hours, bursts, a bad line, stops and kills, new
# customers and changes, a listener to the feed. At the end everything that was acknowledged must be in Odoo, once. Linux only.
#
#   src/bench/endurance.sh [--minutes N] [--seed N] [--customers A_MINUTE] [--trouble yes|no] [binary|jar]
#
# It runs what the build left in target/: ./mvnw package, and for the binary ./mvnw package -Dnative after it. target/endurance/report.md and chart.svg tell
# of memory, descriptors, threads, the sizes of the files, bytes written and how long an accept took. What is done with is removed,
# and copies are made, as much sooner as the day is shorter. The queue is made in a new directory under target/, or under
# BENCH_DIRECTORY.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/bench.sh"
default=(binary)
bench Endurance endurance "$@"
