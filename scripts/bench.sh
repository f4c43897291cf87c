# Runs clients side by side. Sourced; needs maven, Go and, for kube-rs, cargo.

find_go() { # prints the go command
  command -v go || {
    [ -x /usr/local/go/bin/go ] && echo /usr/local/go/bin/go
  } || {
    echo "build: Go is missing. Install Go 1.26 or later." >&2
    return 1
  }
}

contenders() { # ARGS: builds what is not Java
  local programs="$PWD/bench/target/contenders" go
  mkdir -p "$programs"
  go="$(find_go)"
  (cd bench/client-go && GOWORK=off "$go" build -mod=readonly -buildvcs=false -o "$programs/client-go" .)
  case " $* " in
    *' --with-rust '*) kube_rs "$programs" ;;
  esac
}

kube_rs() { # DIR
  command -v cargo >/dev/null || {
    echo "build: cargo is missing. Install Rust 1.89 or later, or leave out --with-rust." >&2
    exit 1
  }
  (cd bench/kube-rs && cargo build --release --locked --target-dir ../target/kube-rs)
  cp bench/target/kube-rs/release/kube-rs "$1/kube-rs"
}

bench() { # ARGS
  maven -q -pl bench -am package dependency:build-classpath \
    -DskipTests -Dmdep.outputFile=target/classpath
  maven -q -f bench/fabric8/pom.xml dependency:build-classpath \
    -Dmdep.outputFile="$PWD/bench/target/fabric8.classpath"
  contenders "$@"
  "$JAVA_HOME/bin/java" -Xmx2g --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow \
    -cp "bench/target/classes:$(cat bench/target/classpath)" \
    dev.freshet.bench.contest.BenchCommand "$@"
}
