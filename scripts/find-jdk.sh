# Sets JAVA_HOME to a JDK of at least this release, or says what to install. Sourced.
# Without a process of its own where it can: the freshet command waits for it.
readonly JDK_RELEASE=25

is_jdk() { # DIR: whether a JDK of that release or later is there
  local line
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line; do
    case "$line" in
      JAVA_VERSION=\"[0-9]*)
        line="${line#*\"}"
        [ "${line%%[!0-9]*}" -ge "$JDK_RELEASE" ]
        return
        ;;
    esac
  done <"$1/release"
  return 1
}

find_jdk() {
  local candidate on_path
  if [ -n "${JAVA_HOME:-}" ] && is_jdk "$JAVA_HOME"; then
    export JAVA_HOME
    return
  fi
  on_path=$(command -v javac || true)
  [ -z "$on_path" ] || on_path=$(readlink -f "$on_path")
  for candidate in "${on_path%/bin/javac}" /usr/lib/jvm/* /usr/local/lib/jvm/* /opt/java/* \
    /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$candidate" ] && is_jdk "$candidate"; then
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
