# Starts the freshet command from an archive of its classes, loaded and linked (JEP 483, 514, 515).
# Sourced by ./freshet; needs JAVA_HOME.
#
# An archive is $XDG_CACHE_HOME/freshet/start/KEY/classes.aot, where KEY is a digest of the jars, the
# flags and the JVM. Where there is none, the command starts without, and one is made in the
# background. Beside it lies what the file system said of it when it was made: one that has been
# written to since is made anew. The JVM checks little more than the length of it.
#
# Nothing here is ever a reason for the command to fail, or to say anything.

readonly ARCHIVES_KEPT=4
# After so long, a making is taken to have failed or to have been cut off, and is tried again.
readonly MAKING_MINUTES=60

use_archive() { # LIB JAVA_ARGS...: sets ARCHIVE_ARGS to what the JVM needs besides JAVA_ARGS
  local lib="$1" cache key
  shift
  ARCHIVE_ARGS=()
  [ -z "${FRESHET_NO_ARCHIVE:-}" ] || return 0
  cache=$(archive_directory) && key=$(archive_key "$lib" "$@") || return 0
  if archive_is_whole "$cache/$key"; then
    # Whatever the JVM has to say of it would go to standard output.
    ARCHIVE_ARGS=("-XX:AOTCache=$cache/$key/classes.aot" '-Xlog:aot*=off,cds*=off')
  else
    start_making "$cache" "$key" "$@"
  fi
} 2>/dev/null

archive_directory() {
  # The XDG specification says that a relative path there is to be ignored.
  case "${XDG_CACHE_HOME:-}" in
    /*) echo "$XDG_CACHE_HOME/freshet/start" ;;
    *) echo "${HOME:?}/.cache/freshet/start" ;;
  esac
}

archive_key() { # LIB JAVA_ARGS...
  local lib="$1" digest
  shift
  digest=$({
    printf '%s\n' "$@"
    file_facts '%n %s %Y' '%N %z %m' "$JAVA_HOME"/release "$JAVA_HOME"/lib/{modules,server/*} "$lib"/*.jar
  } | { sha256sum || shasum -a 256; })
  digest="${digest%% *}"
  [ "${#digest}" = 64 ] && echo "$digest"
}

file_facts() { # GNU_FORMAT BSD_FORMAT FILES...
  stat -Lc "$1" "${@:3}" || stat -Lf "$2" "${@:3}"
}

archive_facts() { # FILE: changes whenever something writes to it
  file_facts '%s %i %y %z' '%z %i %Fm %Fc' "$1"
}

archive_is_whole() { # DIR
  [ -O "$1/classes.aot" ] && [ "$(<"$1/facts")" = "$(archive_facts "$1/classes.aot")" ]
}

start_making() { # CACHE KEY JAVA_ARGS...: never in a directory of another user
  local making="$1/making-$2"
  (umask 077 && mkdir -p "$1") && [ -O "$1" ] || return 0
  if ! mkdir "$making"; then
    [ -n "$(find "$making" -maxdepth 0 -mmin "+$MAKING_MINUTES")" ] || return 0
    # Of several that see this, one is the first to move it.
    mv "$making" "$making.old-$$" && rm -rf "$making.old-$$" && mkdir "$making" || return 0
  fi
  # In a shell that ends at once: the JVM, which takes this one's place, would never reap a child.
  (make_archive "$@" </dev/null >/dev/null 2>&1 &)
}

make_archive() { # CACHE KEY JAVA_ARGS...
  local cache="$1" key="$2" making="$1/making-$2" fd
  shift 2
  trap '' HUP
  # Whoever waits for the command's end by a pipe or a lock must not wait for this.
  for fd in /dev/fd/*; do
    fd="${fd##*/}"
    [ "$fd" -le 2 ] || eval "exec $fd>&-"
  done
  cd / || return
  # What others want of every JVM, such as to wait for a debugger, is not wanted of this one.
  unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
  nice -n 19 "$JAVA_HOME/bin/java" "$@" "-XX:AOTCacheOutput=$making/classes.aot" \
    dev.freshet.cli.Rehearsal && archive_facts "$making/classes.aot" >"$making/facts" || {
    # The directory stays, and tells others that this was tried.
    rm -f "$making"/*
    return
  }
  # A directory is moved as a whole, and without touching what is in it.
  rm -rf "${cache:?}/$key"
  mv "$making" "$cache/$key" || return
  forget_archives "$cache"
}

forget_archives() { # CACHE
  local old
  cd "$1" || return
  for old in $(ls -1t | grep -E '^[0-9a-f]{64}$' | tail -n "+$((ARCHIVES_KEPT + 1))"); do
    rm -rf "./$old"
  done
  find . -maxdepth 1 -name 'making-*' -mmin "+$MAKING_MINUTES" -exec rm -rf {} +
}
