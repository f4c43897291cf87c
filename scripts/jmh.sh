# Runs the benchmarks. Sourced; needs maven and a JDK.

# The classes that protoc makes of the published .proto files: the contender of RowFromProtobuf. They
# are 300,000 lines, so they are made for the benchmarks alone. CLASSES is where they go.
protoc_classes() { # CLASSES
  local version platform work
  version="$(sed -n '/<artifactId>protobuf-java</,/<version>/s:.*<version>\(.*\)</version>.*:\1:p' pom.xml)"
  [ ! -f "$1/$version" ] || return 0
  case "$(uname -sm)" in
    'Linux x86_64') platform=linux-x86_64 ;;
    'Linux aarch64') platform=linux-aarch_64 ;;
    'Darwin x86_64') platform=osx-x86_64 ;;
    'Darwin arm64') platform=osx-aarch_64 ;;
    *)
      echo "build: there is no protoc for $(uname -sm); the benchmarks run on Linux and macOS." >&2
      exit 1
      ;;
  esac
  echo "build: compiling what protoc $version makes of the .proto files, about 30 s" >&2
  work="$1.new"
  rm -rf "$1" "$work"
  mkdir -p "$work/java" "$work/classes"
  maven -q dependency:copy -pl bench -DoutputDirectory="$PWD/$work" -Dmdep.stripVersion=true \
    -Dartifact="com.google.protobuf:protoc:$version:exe:$platform"
  chmod +x "$work/protoc-$platform.exe"
  gunzip -c core/src/test/resources/dev/freshet/kubernetes/descriptors.pb.gz >"$work/descriptors.pb"
  "$work/protoc-$platform.exe" --descriptor_set_in="$work/descriptors.pb" --java_out="$work/java" \
    k8s.io/api/core/v1/generated.proto k8s.io/apimachinery/pkg/{apis/meta/v1,api/resource}/generated.proto \
    k8s.io/apimachinery/pkg/{runtime,runtime/schema,util/intstr}/generated.proto
  find "$work/java" -name '*.java' >"$work/sources"
  "$JAVA_HOME/bin/javac" -nowarn -proc:none -Xlint:none -d "$work/classes" \
    -cp "$(tr ':' '\n' <bench/target/classpath | grep '/protobuf-java-')" "@$work/sources"
  touch "$work/classes/$version"
  mv "$work/classes" "$1"
  rm -r "$work"
}

jmh() { # ARGS...
  maven -q -pl bench -am package dependency:build-classpath \
    -DskipTests -Dmdep.outputFile=target/classpath
  protoc_classes bench/target/protoc
  "$JAVA_HOME/bin/java" --sun-misc-unsafe-memory-access=allow \
    -cp "bench/target/classes:bench/target/protoc:$(cat bench/target/classpath)" \
    org.openjdk.jmh.Main "$@"
}
