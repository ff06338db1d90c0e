# Sourced by mvnw: finds a JDK that can build Tillkeeper, so that a newcomer need not set JAVA_HOME.
# Looks at JAVA_HOME, then at the PATH, then at the places where systems and version managers keep JDKs; there it takes
# the newest. Sets and exports JAVA_HOME, or ends mvnw with a message.

jdk_needed=21

# Prints the major version of the JDK in a directory, nothing where there is none.
jdk_version() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release"
}

jdk_fits() {
  jdk_major=$(jdk_version "$1")
  [ "${jdk_major:-0}" -ge "$jdk_needed" ]
}

jdk_of_path() {
  jdk_javac=$(command -v javac) || return 0
  # the PATH usually leads there through links
  jdk_javac=$(readlink -f "$jdk_javac" 2>/dev/null || printf %s "$jdk_javac")
  printf %s "${jdk_javac%/bin/javac}"
}

jdk_newest() {
  set +f # mvnw switches globbing off; this runs in a subshell
  for jdk_dir in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/*; do
    if jdk_fits "$jdk_dir"; then echo "$jdk_major $jdk_dir"; fi
  done | sort -n | tail -n 1 | cut -d ' ' -f 2-
}

jdk_found=
for jdk_dir in "${JAVA_HOME:-}" "$(jdk_of_path)" "$(jdk_newest)"; do
  if [ -n "$jdk_dir" ] && jdk_fits "$jdk_dir"; then
    jdk_found=$jdk_dir
    break
  fi
done
if [ -z "$jdk_found" ]; then
  echo "Tillkeeper is built with a JDK $jdk_needed or newer, and none was found: not in JAVA_HOME, not on the PATH, not where" >&2
  echo "systems keep them. Install one (on Debian: apt install openjdk-$jdk_needed-jdk-headless) or set JAVA_HOME." >&2
  exit 1
fi
JAVA_HOME=$jdk_found
export JAVA_HOME
