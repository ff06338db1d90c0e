#!/usr/bin/env bash
# Installs, upgrades, removes and purges the package in a Debian 12 of its own, as a technician does, and looks at what is there after
# each step: first without systemd, then with a systemd that runs in namespaces of its own, under which the daemon really works.
#
#   src/test/deb/package-test.sh PACKAGE.deb
#
# Wants root, a Linux with cgroups (version 2, somewhere), mmdebstrap, curl, unzip, and Debian's mirror. Leaves nothing behind.
set -euo pipefail
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

package=$(realpath "$1")
[ "$(id -u)" -eq 0 ] || { echo "It has to be root, to make a Debian." >&2; exit 64; }

cgroups=$(findmnt --noheadings --output TARGET --types cgroup2 | head -n 1)
[ -n "$cgroups" ] || { echo "There are no cgroups of version 2 here, without which no systemd runs." >&2; exit 69; }
work=$(mktemp --directory /tmp/tillkeeper-package.XXXXXX)
tree=$work/debian
cgroup=$cgroups/${work##*/}
init='' # the systemd of the tree, as this machine counts its processes
checks=0 failures=0

cleanup() {
  [ -z "$init" ] || kill -9 "$init" 2> /dev/null || true
  wait || true
  [ ! -d "$cgroup" ] || until find "$cgroup" -depth -type d -exec rmdir {} + 2> /dev/null; do sleep 0.1; done
  rm -rf --one-file-system "$work"
}
trap cleanup EXIT
trap 'exit 1' INT TERM

headline() { printf '\n-- %s\n' "$*"; }

check() { # what should be, and the command that says whether it is
  local what=$1 said
  shift
  checks=$((checks + 1))
  if said=$("$@" 2>&1); then
    printf 'ok    %s\n' "$what"
  else
    failures=$((failures + 1))
    printf 'WRONG %s\n' "$what"
    printf '      %s\n' "$*" "$said" | head -n 20
  fi
}

is() { # a value, and the command that prints it
  local wanted=$1 seen
  shift
  seen=$("$@") || true
  [ "$seen" = "$wanted" ] || { printf 'wanted: %s\nseen:   %s\n' "$wanted" "$seen"; return 1; }
}

not() { ! "$@"; }

until_true() { # seconds, command
  local end=$((SECONDS + $1))
  shift
  until "$@" > /dev/null 2>&1; do
    [ $SECONDS -lt $end ] || { echo "it took too long"; "$@"; return 1; }
    sleep 0.1
  done
}

# A command in the tree: where systemd runs there, as if typed on that box; else in a chroot that has a /proc.
inside() {
  if [ -n "$init" ]; then
    nsenter --target "$init" --mount --pid --net --ipc --uts --cgroup --root --wd "$@"
  else
    unshare --mount --net --pid --fork --kill-child sh -c 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"' "$tree" "$@"
  fi
}

apt() { inside apt-get --quiet --quiet --yes --option Dpkg::Options::=--force-unsafe-io "$@" > "$work/apt.log" 2>&1 || { cat "$work/apt.log"; return 1; }; }

# What a box consists of, but for the logs and the databases of dpkg and apt.
listing() {
  (cd "$tree" && find . -xdev \( -path ./var/lib/dpkg -o -path ./var/cache -o -path ./var/log -o -path ./var/lib/apt \
    -o -path ./var/lib/systemd/timers -o -path ./var/lib/systemd/random-seed \
    -o -path ./root -o -path ./run -o -path ./tmp -o -path ./var/tmp -o -path ./dev -o -path ./proc \) -prune -o -printf '%M %u %g %p\n') |
    grep --invert-match --extended-regexp ' \./etc/(group|passwd|shadow|gshadow|subuid|subgid|ld\.so\.cache)-?$' | sort
}

users() { cut -d: -f1 "$tree/etc/passwd" "$tree/etc/group"; }

mode() { inside stat -c '%U:%G %a' "$1"; }

# The same package under a higher version, with another configuration file than the one before.
successor() { # version
  dpkg-deb --raw-extract "$package" "$work/next"
  sed -i "s/^Version: .*/Version: $1/" "$work/next/DEBIAN/control"
  echo '# A line that came with a newer version.' >> "$work/next/etc/tillkeeper/tillkeeper.properties"
  dpkg-deb -Znone --build "$work/next" "$tree/root/$1.deb" > /dev/null
  rm -r "$work/next"
}

boot() {
  mkdir "$cgroup"
  # shellcheck disable=SC2016
  unshare --mount --net --pid --ipc --uts --fork --kill-child bash -c '
    echo $$ > "$2/cgroup.procs"
    exec unshare --cgroup bash -euc "$0" "$1" "$1"' '
    cd "$1"
    mount --bind . . && cd "$1"
    mount -t proc proc proc
    mount -t sysfs -o ro sysfs sys
    mount -t cgroup2 cgroup2 sys/fs/cgroup
    mount -t tmpfs -o mode=755 tmpfs dev
    for device in null zero full random urandom tty; do : > dev/$device; mount --bind /dev/$device dev/$device; done
    mkdir dev/pts dev/shm
    mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
    ln -s pts/ptmx dev/ptmx
    ln -s /proc/self/fd dev/fd
    mount -t tmpfs -o mode=755 tmpfs run
    mkdir run/old && pivot_root . run/old
    exec env -i container=tillkeeper-test PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot . \
      sh -c "umount -l /run/old; mount --make-rshared /; exec /lib/systemd/systemd systemd.unit=multi-user.target"' "$tree" "$cgroup" > "$work/boot.log" 2>&1 < /dev/null &
  local outer=$!
  until_true 10 pgrep --parent "$outer"
  init=$(pgrep --parent "$outer")
  until_true 60 booted || { cat "$work/boot.log"; return 1; }
}

booted() { case $(inside systemctl is-system-running) in running | degraded) ;; *) return 1 ;; esac; }

# Read to the end: who stops reading early fails the one who writes.
logged() { inside journalctl --unit tillkeeper --output cat --no-pager | grep "$1" > /dev/null; }

property() { inside systemctl show tillkeeper --property "$1" --value; }

main_pid() { property MainPID; }

another_runs() { local pid; pid=$(main_pid) && [ "$pid" != "$1" ] && [ "$pid" != 0 ]; }

status_of_process() { inside sed -n "s/^$1:[[:space:]]*//p" "/proc/$(main_pid)/status"; }

port=8484
request() {
  nsenter --target "$init" --net curl --silent --show-error --fail --max-time 10 \
    --header "Authorization: Bearer $(cat "$tree/var/lib/tillkeeper/command-line-token")" "$@"
}
answers() { request "http://127.0.0.1:$port/api/v1/status"; }
accept() { # name
  request "http://127.0.0.1:$port/api/v1/customers" --header 'Content-Type: application/json' --data "{\"values\": {\"name\": \"$1\"}}"
}
finds() { request "http://127.0.0.1:$port/api/v1/customers?query=$1" | grep "$1" > /dev/null; }

headline "A Debian 12"
mmdebstrap --quiet --variant=minbase --dpkgopt=force-unsafe-io --include=systemd-sysv,adduser,zlib1g bookworm "$tree" 2> "$work/debian.log" ||
  { cat "$work/debian.log"; exit 1; }
rm -f "$tree/etc/hostname" "$tree/etc/resolv.conf"
echo '127.0.0.1 localhost' > "$tree/etc/hosts"
cp "$package" "$tree/root/first.deb"
successor 9999.1
listing > "$work/before"
users > "$work/users-before"

headline "Installed where no systemd runs, as when an image is made"
check "it installs, with what a Debian has" apt install /root/first.deb
check "it is enabled" is enabled inside systemctl is-enabled tillkeeper
check "it depends on each library that the binary wants" not inside sh -c 'ldd /usr/bin/tillkeeper | grep "not found"'
check "the binary is root's" is "root:root 755" mode /usr/bin/tillkeeper
check "the configuration is root's, and for the daemon to read" is "root:tillkeeper 640" mode /etc/tillkeeper/tillkeeper.properties
check "the key is root's alone" is "root:root 600" mode /etc/tillkeeper/odoo-api-key
check "it says where the queue is" grep --quiet '^tillkeeper.storage.directory=/var/lib/tillkeeper$' "$tree/etc/tillkeeper/tillkeeper.properties"
check "the configuration is a conffile" grep --quiet --fixed-strings /etc/tillkeeper/tillkeeper.properties "$tree/var/lib/dpkg/info/tillkeeper.conffiles"
check "systemd takes the units" is '' inside systemd-analyze verify --man=no tillkeeper.service tillkeeper-key.path
for page in man1/tillkeeper.1 man5/tillkeeper.properties.5; do
  check "$page is there, and has a NAME" grep --quiet '^\.SH NAME' <(zcat "$tree/usr/share/man/$page.gz")
done
check "it says what it is made of" grep --quiet h2 "$tree/usr/share/doc/tillkeeper/sbom.cdx.json"
check "the changelog names this version" grep --quiet --fixed-strings "($(dpkg-deb --field "$package" Version))" <(zcat "$tree/usr/share/doc/tillkeeper/changelog.Debian.gz")
check "every file is as it was packed" is '' inside dpkg --verify tillkeeper
check "it is removed" apt remove tillkeeper
check "it is purged" apt purge tillkeeper
check "nothing of it is left" diff "$work/before" <(listing)
check "nor its user" diff "$work/users-before" <(users)

headline "Installed on a running box"
boot
check "it installs" apt install /root/first.deb
check "it runs, and has said that it is ready" until_true 20 is active inside systemctl is-active tillkeeper
check "it says how it is" is "Link blocked (not-configured), mode auto; 0 pending, 0 held." property StatusText
check "a customer is accepted" accept Ana
check "it is nobody's but its own user" is 'tillkeeper' inside stat -c %U "/proc/$(main_pid)"
check "it has no capability" is 0000000000000000 status_of_process CapBnd
check "it cannot get new privileges" is 1 status_of_process NoNewPrivs
check "its system calls are filtered" is 2 status_of_process Seccomp
check "the queue is its own" is "tillkeeper:tillkeeper 710" mode /var/lib/tillkeeper
check "the token of the command line is for its group" is "tillkeeper:tillkeeper 640" mode /var/lib/tillkeeper/command-line-token
check "who has no token gets nothing" is 401 \
  nsenter --target "$init" --net curl --silent --output /dev/null --write-out '%{http_code}' "http://127.0.0.1:$port/api/v1/status"
check "its file too" is "tillkeeper:tillkeeper 600" mode /var/lib/tillkeeper/queue.mv.db

headline "Configured"
echo "quarkus.http.port=18484" >> "$tree/etc/tillkeeper/tillkeeper.properties"
port=18484
check "it restarts" inside systemctl restart tillkeeper
check "it goes by its configuration" finds Ana
before=$(main_pid)
echo "0123456789abcdef0123456789abcdef01234567" > "$tree/etc/tillkeeper/odoo-api-key"
check "a new key starts it anew" until_true 20 another_runs "$before"
check "it has the customer all the same" until_true 20 finds Ana
check "it was given the key" is 0123456789abcdef0123456789abcdef01234567 \
  inside cat "/proc/$(main_pid)/root/run/credentials/tillkeeper.service/odoo-api-key"
check "it is killed" inside systemctl kill --signal KILL tillkeeper
check "it comes back by itself, and has the customer" until_true 20 finds Ana
before=$(main_pid)
check "it reloads" inside systemctl reload tillkeeper
check "it is the same process after it" is "$before" main_pid
rm "$tree/etc/tillkeeper/odoo-api-key"
check "it starts anew without a key" until_true 20 another_runs "$before"
check "it answers without a key" until_true 10 answers
begun=${EPOCHREALTIME/./}
check "it stops" inside systemctl stop tillkeeper
took=$(((${EPOCHREALTIME/./} - begun) / 1000))
check "within five seconds ($took ms)" test "$took" -lt 5000
check "a stop is no failure" is success property Result

headline "Configured wrongly"
echo "tillkeeper.sync.batch=none" >> "$tree/etc/tillkeeper/tillkeeper.properties"
check "it does not start" not inside systemctl start tillkeeper
check "the log names the key that is wrong" until_true 5 logged 'tillkeeper\.sync\.batch'
check "it is not tried again and again" until_true 5 is failed inside systemctl is-active tillkeeper
check "config check ends with 78" is 78 inside sh -c '/usr/bin/tillkeeper config check 2> /dev/null; echo $?'
sed -i '/^tillkeeper.sync.batch=none$/d' "$tree/etc/tillkeeper/tillkeeper.properties"
check "config check ends well" inside /usr/bin/tillkeeper config check
check "it starts when that is put right" inside systemctl start tillkeeper

headline "Looked after"
check "the doctor finds no error" inside tillkeeper doctor
check "he looks where the queue is" grep --quiet '/var/lib/tillkeeper belongs to tillkeeper' <(inside tillkeeper doctor)
check "root sees that there is no Odoo" is 1 inside sh -c "tillkeeper status > /dev/null; echo \$?"
check "a member of the group too" is 1 inside setpriv --reuid nobody --regid tillkeeper --clear-groups sh -c "tillkeeper status > /dev/null; echo \$?"
check "nobody else does" is 77 \
  inside setpriv --reuid nobody --regid nogroup --clear-groups sh -c "tillkeeper --url http://127.0.0.1:$port status > /dev/null 2>&1; echo \$?"
unknown=(inside setpriv --reuid nobody --regid nogroup --clear-groups)
check "nobody else is told that a configuration is good which he has not read" is 77 "${unknown[@]}" sh -c "tillkeeper config check > /dev/null 2>&1; echo \$?"
check "the doctor asks for sudo" grep --quiet 'with sudo' <("${unknown[@]}" tillkeeper doctor 2>&1)
check "bash completes the command" inside bash -c '. /usr/share/bash-completion/completions/tillkeeper && complete -p tillkeeper'
check "a copy is made while it runs" inside tillkeeper backup --into /root/running.zip
check "a customer comes after it" accept Bruno
inside systemctl stop tillkeeper
check "a copy is made while it does not" inside tillkeeper backup --into /root/stopped.zip
check "the copy is root's alone" is "root:root 600" mode /root/running.zip
# Before another start and stop: they may make a copy, and the journal goes back to the last but one.
check "a copy is put in place" inside tillkeeper restore /root/running.zip
check "the daemon's own" is "tillkeeper:tillkeeper 600" mode /var/lib/tillkeeper/queue.mv.db
check "it starts with the copy" inside systemctl start tillkeeper
check "it has the customer of the copy" until_true 20 finds Ana
check "and the later one, from the journal" until_true 20 finds Bruno
inside systemctl stop tillkeeper
check "the other is put in place" inside tillkeeper restore /root/stopped.zip
check "it starts with that one" inside systemctl start tillkeeper
check "it has both" until_true 20 finds Bruno

headline "Watched by systemd"
# shellcheck disable=SC2016
inside sh -c 'mkdir -p "$0" && printf "[Service]\nWatchdogSec=2\n" > "$0/impatient.conf"' /run/systemd/system/tillkeeper.service.d
inside systemctl daemon-reload
inside systemctl restart tillkeeper
before=$(main_pid)
inside systemctl kill --signal STOP tillkeeper
check "a daemon that hangs is ended and started anew" until_true 30 another_runs "$before"
check "it has the customer" until_true 20 finds Ana
check "it was the watchdog" logged 'Watchdog timeout'
inside rm -r /run/systemd/system/tillkeeper.service.d
inside systemctl daemon-reload
check "it restarts with its own patience" inside systemctl restart tillkeeper

headline "Upgraded"
before=$(main_pid)
cp "$tree/etc/tillkeeper/tillkeeper.properties" "$work/configuration"
check "it upgrades, and asks nothing" apt install --option Dpkg::Options::=--force-confold /root/9999.1.deb
check "the newer version is there" is 9999.1 inside dpkg-query --show --showformat '${Version}' tillkeeper
check "a configuration that a person changed stays" cmp "$work/configuration" "$tree/etc/tillkeeper/tillkeeper.properties"
check "and whose it is" is "root:tillkeeper 640" mode /etc/tillkeeper/tillkeeper.properties
check "the newer process runs" another_runs "$before"
check "it has the customer" until_true 20 finds Ana
inside systemctl disable --now tillkeeper 2> /dev/null
check "where it was disabled, it installs again" apt install --reinstall /root/9999.1.deb
check "and stays disabled" is disabled inside systemctl is-enabled tillkeeper
inside systemctl enable --now tillkeeper 2> /dev/null

headline "Removed"
check "it is removed" apt remove tillkeeper
check "nothing of it runs" not pgrep --exact --ns "$init" --nslist pid tillkeeper
check "the queue stays" inside test -s /var/lib/tillkeeper/queue.mv.db
check "the configuration stays" cmp "$work/configuration" "$tree/etc/tillkeeper/tillkeeper.properties"
check "it is installed again" apt install /root/9999.1.deb
check "it has the customer" until_true 20 finds Ana

headline "Purged"
touch "$tree/etc/tillkeeper/.odoo-api-key.123.new" # a renewal of the key was killed
check "it is purged" apt purge tillkeeper
check "nothing of it runs" not pgrep --exact --ns "$init" --nslist pid tillkeeper
check "nothing of it is left" diff "$work/before" <(listing)
check "nor its user" diff "$work/users-before" <(users)

printf '\n%s passed, %s failed\n' $((checks - failures)) "$failures"
echo "Not checked here: another architecture than $(dpkg --print-architecture), a person's answers to dpkg, MemoryMax and TasksMax."
[ "$failures" -eq 0 ]
