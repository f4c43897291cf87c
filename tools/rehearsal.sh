#!/usr/bin/env bash
# Records what kube-apiserver answers to the short commands that the start-up archive of the freshet
# command is made from: Pods of one workload, and all that is asked before them. Run it after the
# version of the control plane changed. Needs curl and what ./freshet needs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/shop.sh

readonly TARGET="$PWD/cli/src/main/resources/dev/freshet/cli/rehearsal"
readonly KINDS='json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'
readonly PROTOBUF=vnd.kubernetes.protobuf

record() { # NAME TYPE PATH
  shop_ask -H "Accept: application/$2" "$3" | gzip -9n >"$work/answers/$1.gz"
}

work="$(mktemp -d)"
trap 'shop_down; rm -rf "$work"' EXIT
shop_up "$work"
mkdir "$work/answers"
record version.json json /version
record core-kinds.json "$KINDS" /api
record group-kinds.json "$KINDS" /apis
record pods.pb "$PROTOBUF" /api/v1/namespaces/shop/pods
record namespaces.pb "$PROTOBUF" /api/v1/namespaces
record deployments.pb "$PROTOBUF" /apis/apps/v1/namespaces/shop/deployments
# Now that nobody needs the command any more, which would be built anew.
shop_down
trap 'rm -rf "$work"' EXIT
mkdir -p "$TARGET"
cp "$work/answers"/* "$TARGET"
ls -l "$TARGET"
