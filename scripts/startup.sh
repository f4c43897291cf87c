# How long short commands take beside the JVM's own start. Sourced; needs maven, and bash 5.

startup() { # [ROUNDS]
  local round rounds="${1:-21}"
  [[ "$rounds" =~ ^[1-9][0-9]*$ ]] || {
    echo "build: startup takes a number of rounds, not \"$rounds\"" >&2
    exit 2
  }
  [ -n "${EPOCHREALTIME:-}" ] || {
    echo "build: startup needs bash 5, which has a clock." >&2
    exit 1
  }
  export FRESHET_NO_ARCHIVE=1
  ./freshet --version >/dev/null
  find_jdk
  . scripts/shop.sh
  work="$(mktemp -d)"
  trap 'shop_down; rm -rf "$work"' EXIT
  shop_up "$work"
  # So that what is measured was made of this checkout, and remains nobody's.
  export XDG_CACHE_HOME="$work/cache"
  unset FRESHET_NO_ARCHIVE
  await_archive
  for ((round = 0; round < rounds; round++)); do
    startup_time java "$JAVA_HOME/bin/java" -version
    startup_time version ./freshet --version
    startup_time list ./freshet list pods -n shop
    FRESHET_NO_ARCHIVE=1 startup_time list-without ./freshet list pods -n shop
  done
  printf '%-38s %9s %9s %6s\n' "$rounds rounds, in turn" 'median ms' 'fastest' times
  startup_line java 'java -version' ''
  startup_line version 'freshet --version' '(at most 3)'
  startup_line list "freshet list pods, $SHOP_PODS of them" '(at most 8)'
  startup_line list-without 'freshet list pods, no archive' ''
}

await_archive() {
  local deadline=$((SECONDS + 180))
  echo "build: making the archive ..." >&2
  until compgen -G "$XDG_CACHE_HOME/freshet/start/*/facts" | grep -qv /making-; do
    ./freshet --help >/dev/null
    [ "$SECONDS" -lt "$deadline" ] || {
      echo "build: no archive was made within three minutes" >&2
      exit 1
    }
    sleep 1
  done
}

startup_time() { # NAME COMMAND...: notes how many microseconds it took
  local from="${EPOCHREALTIME/[.,]/}"
  "${@:2}" >/dev/null 2>"$work/err" || {
    cat "$work/err" >&2
    exit 1
  }
  echo $((${EPOCHREALTIME/[.,]/} - from)) >>"$work/$1.times"
}

startup_line() { # NAME TITLE GOAL
  local java median
  java="$(startup_median java)"
  median="$(startup_median "$1")"
  printf '%-38s %9d %9d %6.1f %s\n' "$2" $((median / 1000)) \
    $(($(sort -n "$work/$1.times" | head -1) / 1000)) \
    "$(awk -v a="$median" -v b="$java" 'BEGIN { print a / b }')" "$3"
}

startup_median() { # NAME
  sort -n "$work/$1.times" | awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] }'
}
