# Runs the fuzz targets of core, each for some seconds. Sourced; needs maven and a JDK.
readonly FUZZ_CORPUS=core/src/test/resources/dev/freshet/fuzz
# What a finding may need at most: inputs are 64 KiB, so this much memory is a finding itself.
readonly FUZZ_HEAP=256m
readonly FUZZ_MAX_INPUT_BYTES=65536
readonly FUZZ_HANG_SECONDS=20

fuzz() { # [SECONDS_PER_TARGET]
  local seconds="${1:-600}" target failed=0
  case "$seconds" in '' | *[!0-9]*)
    echo "build: fuzz takes whole seconds for each target, not \"$seconds\"" >&2
    return 2
    ;;
  esac
  maven -q -Pfuzz -pl core test-compile dependency:build-classpath \
    -Dmdep.outputFile=target/fuzz-classpath
  FUZZ_CLASSPATH="core/target/test-classes:core/target/classes:$(cat core/target/fuzz-classpath)"
  for target in Cursor Stream Gzip; do
    fuzz_one "$target" "$seconds" || failed=1
  done
  if [ "$failed" = 1 ]; then
    echo "fuzz: there are findings; each is a file core/target/fuzz/*-crash-* or the like" >&2
    return 1
  fi
  echo "fuzz: no findings. New inputs are in core/target/fuzz; keep small ones in $FUZZ_CORPUS."
}

fuzz_one() { # TARGET SECONDS
  local name work log
  name=$(echo "$1" | tr '[:upper:]' '[:lower:]')
  work="core/target/fuzz/$name"
  log="core/target/fuzz/$name.log"
  mkdir -p "$work"
  echo "fuzz: $name, for $2 s (log: $log)"
  # Jazzer 0.24 cannot hook the classes of a JDK 25 and says so of each; nothing here needs it.
  if ! "$JAVA_HOME/bin/java" -Xmx"$FUZZ_HEAP" -XX:+EnableDynamicAgentLoading \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$FUZZ_CLASSPATH" com.code_intelligence.jazzer.Jazzer \
    --target_class="dev.freshet.codec.$1Fuzz" '--instrumentation_includes=dev.freshet.**' \
    -max_total_time="$2" -max_len="$FUZZ_MAX_INPUT_BYTES" -timeout="$FUZZ_HANG_SECONDS" \
    -rss_limit_mb=2048 -artifact_prefix="$work-" --reproducer_path=core/target/fuzz \
    -print_final_stats=1 "$work" "$FUZZ_CORPUS/$name" 2>&1 |
    tee "$log" |
    grep --line-buffered -aE '^== |^(Caused by: )?[a-z]+\.[a-zA-Z.]+Error|pulse|Test unit written|^Done|cov: .*corp:.*DONE'
  then
    : # grep finds nothing only if nothing ran.
  fi
  if ! grep -aq '^Done' "$log" || grep -aq 'Test unit written' "$log"; then
    echo "fuzz: $name FAILED; see $log" >&2
    return 1
  fi
}
