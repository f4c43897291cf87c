# Sets JAVA_HOME to a JDK of at least this release, or says what to install. Sourced.
readonly JDK_RELEASE=25

jdk_release() { # DIR: prints the feature release of the JDK there, or nothing
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk() {
  local candidate release on_path
  on_path=$(command -v javac || true)
  [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /usr/local/lib/jvm/* /opt/java/* \
    /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$candidate" ] || continue
    release=$(jdk_release "$candidate")
    if [ -n "$release" ] && [ "$release" -ge "$JDK_RELEASE" ]; then
      export JAVA_HOME="$candidate"
      return
    fi
  done
  cat >&2 <<MISSING
No JDK $JDK_RELEASE or later was found: looked at JAVA_HOME (${JAVA_HOME:-not set}), the PATH and the usual places.
Install one, for example Temurin $JDK_RELEASE, and set JAVA_HOME to it if it lies elsewhere.
MISSING
  exit 1
}
