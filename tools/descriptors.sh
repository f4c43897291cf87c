#!/usr/bin/env bash
# Compiles the .proto files that the Kubernetes modules publish into one set of descriptors, for the
# differential tests of freshet-core: a second opinion that owes nothing to our field tables. Needs
# Go and protoc (Debian: apt-get install protobuf-compiler). Run it after the version in tools/fields
# changed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
command -v protoc >/dev/null || {
  echo "descriptors: protoc is missing. Install it (Debian: apt-get install protobuf-compiler)." >&2
  exit 1
}

target="$(cd .. && pwd)/core/src/test/resources/dev/freshet/kubernetes/descriptors.pb.gz"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

mkdir "$work/k8s.io"
for module in api apimachinery apiextensions-apiserver kube-aggregator; do
  (cd fields && go mod download "k8s.io/$module")
  ln -s "$(cd fields && go list -m -f '{{.Dir}}' "k8s.io/$module")" "$work/k8s.io/$module"
done
cd "$work"
find -L k8s.io -name generated.proto | LC_ALL=C sort >files
# The files import much that they do not use, and protoc says so of each.
protoc -I . -o descriptors.pb @files 2> >(grep -v ' is unused\.$' >&2)
gzip -9n <descriptors.pb >"$target"
echo "compiled $(wc -l <files) files into $target"
