# Changes core's classes one by one and counts which changes its tests notice. Sourced; needs maven.

mutation() { # PACKAGES, comma-separated
  local package reports
  maven -q -pl core test-compile
  for package in $(tr ',' ' ' <<<"$1"); do
    reports="$PWD/core/target/pit-reports/$package"
    rm -rf "$reports"
    # Each package by itself, so that a run that is ended early leaves those before it whole.
    maven -q -Pmutation -pl core org.pitest:pitest-maven:mutationCoverage \
      -DtargetClasses="dev.freshet.$package.*" -DreportsDirectory="$reports" \
      -Dverbose=false >"$reports.log" 2>&1 || {
      tail -n 40 "$reports.log" >&2
      return 1
    }
    mutation_score "$package" "$reports/mutations.csv"
  done
  echo "mutation: each mutant is in core/target/pit-reports/PACKAGE/index.html"
}

# A mutant that makes a test wait for ever is noticed too, but only by the test's end: told apart.
mutation_score() { # PACKAGE MUTATIONS_CSV
  awk -F, -v package="$1" '
    { count[$6]++; all++ }
    END {
      noticed = count["KILLED"] + count["TIMED_OUT"] + count["MEMORY_ERROR"] + count["RUN_ERROR"]
      printf "mutation: %s %d %% (%d of %d; %d of them timed out; %d survived, %d in lines without a test)\n",
        package, 100 * noticed / all, noticed, all, count["TIMED_OUT"], count["SURVIVED"], count["NO_COVERAGE"]
    }' "$2"
}
