# What the measurements in Java have in common; sourced, from anywhere.
export LC_ALL=C
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source .mvn/jdk.sh

usage() {
  sed -n '2,/^set /s/^# \{0,1\}//p' "$0"
  exit 64
}

bench() { # the class, the name of its directory, the arguments of the script
  local class=$1 name=$2 java=$JAVA_HOME/bin/ classes='target/classes:target/quarkus-app/lib/main/*' arguments=() what=()
  shift 2
  while [ $# -gt 0 ]; do
    case $1 in
      binary | jar) what+=("$1") ;;
      --*) [ $# -gt 1 ] || usage; arguments+=("$1" "$2"); shift ;;
      *) usage ;;
    esac
    shift
  done
  [ "${#what[@]}" -gt 0 ] || what=("${default[@]}")
  [ -d target/quarkus-app/lib/main ] || { echo 'Build first: ./mvnw package, and for the binary ./mvnw package -Dnative after it.' >&2; exit 1; }
  work=$(mktemp --directory "$(realpath "${BENCH_DIRECTORY:-target}")/$name.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  trap 'exit 1' INT TERM
  "${java}javac" -d "$work/classes" -cp "$classes" src/bench/*.java
  "${java}java" -Dbench.directory="$work" -cp "$work/classes:$classes" "$class" "${arguments[@]}" "${what[@]}"
}
