#!/usr/bin/env bash
# What the daemon costs on this machine, for the native binary and for the jar side by side. Linux only; it reads /proc.
#
#   src/bench/footprint.sh [--starts N] [--pending N] [--idle SECONDS] [--traffic N] [binary|jar]...
#
# It measures what the build left in target/: ./mvnw package, and ./mvnw package -Dnative; with --traffic 0 nothing is delivered.
# Bytes written and the start depend on the disk: the queue is made in a new directory under target/, or under BENCH_DIRECTORY.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source .mvn/jdk.sh

starts=15 commands=20 pending=100000 idle=60 traffic=20000 what=()
while [ $# -gt 0 ]; do
  case $1 in
    --starts) starts=$2; shift ;;
    --pending) pending=$2; shift ;;
    --idle) idle=$2; shift ;;
    --traffic) traffic=$2; shift ;;
    binary | jar) what+=("$1") ;;
    *) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 64 ;;
  esac
  shift
done
[ "${#what[@]}" -gt 0 ] || what=(binary jar)

binary=$(echo target/tillkeeper-*-runner)
jar=target/quarkus-app/quarkus-run.jar
java=$JAVA_HOME/bin/java
port=18484
clients=16
work=$(mktemp --directory "$(realpath "${BENCH_DIRECTORY:-target}")/footprint.XXXXXX")
daemon='' odoo=''
trap 'kill -9 $daemon $odoo 2> /dev/null || true; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

say() { printf '%s\n' "$*" >&2; }

# A few milliseconds, without a process.
exec {never}<> <(:)
pause() { read -r -t "$1" -u "$never" || true; }

request() { # the customer's number, and what to say of the connection
  local body="{\"values\":{\"name\":\"Customer $1\",\"email\":\"c$1@example.com\",\"phone\":\"+34 6$((10000000 + $1))\",\"city\":\"Vigo\"}}"
  printf 'POST /api/v1/customers HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nContent-Type: application/json\r\nContent-Length: %s\r\nConnection: %s\r\n\r\n%s' \
    $port ${#body} "$2" "$body"
}

# What systemd gives a service, instead of what this shell has: a start looks through all of it for settings.
service=(PATH="$PATH" LANG=C.UTF-8 HOME="$work" USER=tillkeeper LOGNAME=tillkeeper SHELL=/usr/sbin/nologin
  INVOCATION_ID=00112233445566778899aabbccddeeff JOURNAL_STREAM=9:12345 SYSTEMD_EXEC_PID=$$)

command_of() { # binary|jar
  command=("$binary")
  [ "$1" = binary ] || command=("$java" -jar "$jar")
}

# Starts it and returns at the first 202; $took is how long that was, in microseconds.
start() { # binary|jar, the address of Odoo
  local begin line='' to asked
  command_of "$1"
  asked=$(request $((RANDOM * 32768 + RANDOM)) close)
  begin=${EPOCHREALTIME/./}
  env --ignore-environment "${service[@]}" \
    TILLKEEPER_ACCESS_PROTECTION=unprotected TILLKEEPER_STORAGE_DIRECTORY="$work/queue" TILLKEEPER_SHOP_COUNTRY=ES QUARKUS_HTTP_PORT=$port TILLKEEPER_ODOO_URL="$2" \
    TILLKEEPER_ODOO_DATABASE=shop TILLKEEPER_ODOO_LOGIN=till TILLKEEPER_ODOO_API_KEY=0123456789abcdef0123456789abcdef01234567 \
    TILLKEEPER_TWINS_EMAIL=create TILLKEEPER_TWINS_PHONE=create "${command[@]}" >> "$work/log" 2>&1 &
  daemon=$!
  until { exec {to}<> "/dev/tcp/127.0.0.1/$port"; } 2> /dev/null; do
    kill -0 $daemon 2> /dev/null || { say "it ended:"; tail -5 "$work/log" >&2; exit 1; }
    pause 0.001
  done
  printf '%s' "$asked" >&"$to"
  read -r line <&"$to"
  took=$((${EPOCHREALTIME/./} - begin))
  exec {to}>&-
  [[ $line == *" 202 "* ]] || { say "not accepted: $line"; exit 1; }
}

stop() { # a signal
  kill "-$1" $daemon
  wait $daemon 2> /dev/null || true
  daemon=''
}

# Hands over so many customers on several connections at once, each after the other on each.
burst() { # first, count
  local client to each=$(($2 / clients)) workers=()
  for ((client = 0; client < clients; client++)); do
    (
      exec {to}<> "/dev/tcp/127.0.0.1/$port"
      { for ((i = $1 + client * each, last = i + each - 1; i < last; i++)); do request $i keep-alive; done
        request $last close; } >&"$to" &
      { grep --only-matching --text 'HTTP/1.1 202' || true; } <&"$to" | wc -l > "$work/accepted.$client"
    ) &
    workers+=($!)
  done
  wait "${workers[@]}" || true
}

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
milliseconds() { awk '{ printf "%.0f ms", $1 / 1000 }'; }
mebibytes() { awk -v kb="$1" 'BEGIN { printf "%.1f", kb / 1024 }'; }
# Looks each second at what it has, resident, proportional and private dirty: that depends on the moment.
observe() { # seconds
  local nth
  for ((nth = 0; nth < $1; nth++)); do
    pause 1
    awk '/^Rss:/ { r = $2 } /^Pss:/ { p = $2 } /^Private_Dirty:/ { d = $2 } END { print r, p, d }' /proc/$daemon/smaps_rollup
  done > "$work/observed"
}
observed() { cut --delimiter=' ' --fields="$1" "$work/observed"; } # 1 resident, 2 proportional, 3 private dirty
memory() {
  printf '%s (%s at most) / %s / %s MiB' "$(mebibytes "$(observed 1 | median)")" "$(mebibytes "$(observed 1 | sort -n | tail -1)")" \
    "$(mebibytes "$(observed 2 | median)")" "$(mebibytes "$(observed 3 | median)")"
}
ticks() { awk '{ print $14 + $15 }' /proc/$daemon/stat; }
written() { awk '/^wchar/ { print $2 }' /proc/$daemon/io; }
switches() { cat /proc/$daemon/task/*/status | awk '/^voluntary/ { sum += $2 } END { print sum }'; }

# Waits until the daemon has seen that there is nothing to do, and has given back what memory it can.
settle() { sleep 50; }

measure() { # binary|jar
  local refused=http://127.0.0.1:1 nth before after t w s
  rm -rf "$work/queue"
  if [ "$1" = binary ]; then
    row "size on the disk" "$(du --apparent-size --block-size=K "$binary" | awk '{ printf "%.1f MiB", $1 / 1024 }')"
  else
    row "size on the disk" "$(du --apparent-size --summarize --block-size=K target/quarkus-app | awk '{ printf "%.1f MiB, and a JVM", $1 / 1024 }')"
  fi

  say "$1: $starts starts"
  start "$1" $refused; burst 1 1000; stop TERM
  for ((nth = 0; nth < starts; nth++)); do start "$1" $refused; echo $took; stop TERM; done > "$work/starts"
  row "start to the first 202, median of $starts" "$(median < "$work/starts" | milliseconds)"
  for ((nth = 0; nth < 5; nth++)); do
    start "$1" $refused
    burst $((2000 + nth * 10000)) 10000 2> /dev/null & local bursting=$!
    sleep 1; stop KILL; wait $bursting || true
    start "$1" $refused; echo $took; stop TERM
  done > "$work/starts"
  row "the same after a kill -9 in a burst, median of 5" "$(median < "$work/starts" | milliseconds)"

  say "$1: at rest for $idle s"
  rm -rf "$work/queue"
  start "$1" $refused
  settle
  t=$(ticks) w=$(written) s=$(switches)
  observe "$idle"
  row "processor in $idle s at rest" "$((($(ticks) - t) * 1000 / $(getconf CLK_TCK))) ms"
  row "voluntary switches in that time" "$(($(switches) - s))"
  row "bytes written in that time" "$(($(written) - w))"
  row "resident / proportional / private dirty in that time, median" "$(memory)"
  before=$(observed 1 | median)

  say "$1: $commands commands"
  command_of "$1"
  for ((nth = 0; nth < commands; nth++)); do
    t=${EPOCHREALTIME/./}
    "${command[@]}" status --url http://127.0.0.1:$port > "$work/said" 2>&1 || true
    echo $((${EPOCHREALTIME/./} - t))
  done > "$work/runs"
  grep -q pending "$work/said" || { say "no status: $(cat "$work/said")"; exit 1; }
  row "'tillkeeper status', median of $commands" "$(median < "$work/runs" | milliseconds)"

  say "$1: $pending waiting"
  burst 100000 "$pending"
  cat "$work"/accepted.* | awk -v want="$pending" '{ sum += $1 } END { if (sum < want - want % 16) print "only " sum " were accepted" }' >&2
  settle
  observe "$idle"
  row "with $pending waiting" "$(memory)"
  row "resident memory for them" "$(mebibytes $(($(observed 1 | median) - before))) MiB"
  stop TERM
  start "$1" $refused; settle
  observe "$idle"
  row "the same after a new start" "$(memory)"
  row "resident memory for them" "$(mebibytes $(($(observed 1 | median) - before))) MiB"
  stop TERM

  [ "$traffic" -gt 0 ] || return 0
  say "$1: $traffic delivered, three times"
  rm -rf "$work/queue"
  start "$1" http://127.0.0.1:18485
  for nth in 1 2 3; do
    burst $((1000000 * nth)) "$traffic"
    until curl --silent http://127.0.0.1:$port/api/v1/status | grep -q '"allDelivered":true'; do
      kill -0 $daemon
      sleep 1
    done
    settle
    observe "$idle"
    row "after $((nth * traffic)) delivered" "$(memory)"
  done
  stop TERM
}

# For the table, and at once for who waits or cuts this off.
row() { printf '%s\t%s\n' "$1" "$2" | tee --append "$work/$measuring" >&2; }

stand_in() {
  "$java" -cp "target/classes:target/quarkus-app/lib/main/*" src/bench/StandIn.java 18485 > "$work/odoo.log" 2>&1 &
  odoo=$!
  until (exec 3<> /dev/tcp/127.0.0.1/18485) 2> /dev/null; do sleep 0.2; done
}

stand_in
for measuring in "${what[@]}"; do
  measure "$measuring"
done

printf '| |'; printf ' %s |' "${what[@]}"; echo
printf '|---|'; printf '%s' "${what[@]/*/---|}"; echo
paste "${what[@]/#/$work/}" | awk -F '\t' '{ printf "| %s |", $1; for (i = 2; i <= NF; i += 2) printf " %s |", $i; print "" }'
