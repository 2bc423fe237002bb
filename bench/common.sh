# What bench/jmh and bench/compare share: the JDK and a current build. Sourced, not run.

readonly root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly target=$root/bench/target
readonly jvm_options=(-XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)

fail() {
  echo "${0##*/}: $1" >&2
  exit 2
}

# Sets JAVA_HOME to a JDK 25 or later: the one it names already, else the first under /usr/lib/jvm.
find_java() {
  local home
  for home in ${FOREBAY_JAVA_HOME:+"$FOREBAY_JAVA_HOME"} ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/*; do
    if [[ -x $home/bin/javac ]] && grep -Eq '^JAVA_VERSION="(2[5-9]|[3-9][0-9])' "$home/release" 2>/dev/null; then
      export JAVA_HOME=$home FOREBAY_JAVA_HOME=$home
      return
    fi
  done
  fail "needs a JDK 25 or later; set JAVA_HOME to one"
}

# Builds when a source is newer than the last build.
build() {
  local newer
  newer=$(find "$root"/pom.xml "$root"/{pool,dialect,gateway,simulator,app,bench}/{pom.xml,src/main} \
    -newer "$target/classpath" 2>/dev/null | head -n 1) || true
  if [[ ! -f $target/classpath || -n $newer ]]; then
    echo "building …" >&2
    mkdir -p "$target"
    (cd "$root" && mvn -B -q -Pquick -DskipTests -pl bench -am package) >"$target/build.log" 2>&1 ||
      fail "the build failed: $(grep '^\[ERROR' "$target/build.log" | head -n 10)"
    touch "$target/classpath"
  fi
  classpath=$target/classes:$(<"$target/classpath")
}
