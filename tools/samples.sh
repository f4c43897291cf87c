#!/usr/bin/env bash
# Packs the sample objects that the Kubernetes modules publish, each in protobuf and in JSON, for
# the tests of freshet-core, and makes sparse ones beside them. Needs Go and a JDK. Run it after the
# version in tools/fields changed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ../scripts/find-jdk.sh
find_jdk

folder="$(cd .. && pwd)/core/src/test/resources/dev/freshet/kubernetes"
target="$folder/samples.zip"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

module_dir() { (cd fields && go mod download "$1" && go list -m -f '{{.Dir}}' "$1"); }

pack() { # MODULE FOLDER NAME
  mkdir "$work/$3"
  cp "$(module_dir "$1")/$2"/*.{pb,json} "$work/$3"
}
pack k8s.io/api testdata/HEAD api
pack k8s.io/apiextensions-apiserver pkg/apis/testdata/HEAD apiextensions

rm -f "$target"
cd "$work"
find . -type f | sed 's|^\./||' | LC_ALL=C sort >"$work.list"
"$JAVA_HOME/bin/jar" --create --file "$target" --no-manifest --date 2026-01-01T00:00:00Z "@$work.list"
rm "$work.list"
echo "packed $(find . -name '*.pb' | wc -l) samples into $target"
cd - >/dev/null
(cd fields && go run ./sparse "$folder/sparse.zip")
