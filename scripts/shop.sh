# A small control plane with a shop of twelve Pods, for measurements and records. Sourced, in the root of
# the checkout; needs curl.
readonly SHOP_PODS=12

shop_up() { # DIR: sets KUBECONFIG; the control plane is one of its own, whatever the user's is
  shop="$1"
  export XDG_STATE_HOME="$shop/state"
  KUBECONFIG="$(./freshet control-plane up)"
  export KUBECONFIG
  local part
  for part in certificate-authority client-certificate client-key; do
    shop_setting "$part-data" | base64 -d >"$shop/$part"
  done
  shop_fill
}

shop_down() {
  ./freshet control-plane down 2>"$shop/log" || cat "$shop/log" >&2
}

shop_setting() { # KEY: prints it out of the kubeconfig
  sed -n "s/^ *$1: *\"\{0,1\}\([^\" ]*\).*/\1/p" "$KUBECONFIG"
}

shop_ask() { # CURL_ARGS... PATH
  curl -fsS --cacert "$shop/certificate-authority" --cert "$shop/client-certificate" \
    --key "$shop/client-key" "${@:1:$#-1}" "$(shop_setting server)${!#}"
}

shop_send() { # METHOD TYPE PATH: the object is the input
  shop_ask -X "$1" -H "Content-Type: application/$2" -o "$shop/answer" --data-binary @- "$3"
}

shop_fill() {
  local i
  shop_send POST json /api/v1/namespaces <<<'{"metadata":{"name":"shop"}}'
  shop_send POST yaml /apis/apps/v1/namespaces/shop/deployments <<YAML
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: $SHOP_PODS
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "registry.example/web:1.4.2"}]}
YAML
  for ((i = 0; i < SHOP_PODS; i++)); do
    shop_send POST yaml /api/v1/namespaces/shop/pods <<YAML
apiVersion: v1
kind: Pod
metadata:
  name: web-$i
  labels: {app: web, version: v$((i % 3))}
  annotations: {checksum/config: "$((i * 7919))"}
spec:
  nodeName: node-$((i % 4))
  containers:
  - name: web
    image: registry.example/web:1.4.2
    env: [{name: PORT, value: "8080"}, {name: HOST, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]
    ports: [{name: http, containerPort: 8080}]
    resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 256Mi}}
    readinessProbe: {httpGet: {path: /ready, port: http}}
    volumeMounts: [{name: config, mountPath: /etc/web}]
  - {name: proxy, image: "registry.example/proxy:2.0", args: ["--verbose"]}
  volumes: [{name: config, configMap: {name: web}}]
YAML
    shop_send PATCH merge-patch+json "/api/v1/namespaces/shop/pods/web-$i/status" <<JSON
{"status": {"phase": "Running", "startTime": "2026-01-01T00:00:0$((i % 10))Z",
 "podIP": "10.0.$((i % 4)).$i", "podIPs": [{"ip": "10.0.$((i % 4)).$i"}], "hostIP": "192.0.2.$((i % 4))",
 "conditions": [{"type": "Ready", "status": "True"}, {"type": "PodScheduled", "status": "True"}],
 "containerStatuses": [
  {"name": "web", "ready": true, "started": true, "restartCount": $((i % 2)), "image": "registry.example/web:1.4.2",
   "imageID": "", "containerID": "containerd://$i", "state": {"running": {"startedAt": "2026-01-01T00:00:05Z"}}},
  {"name": "proxy", "ready": true, "started": true, "restartCount": 0, "image": "registry.example/proxy:2.0",
   "imageID": "", "state": {"running": {"startedAt": "2026-01-01T00:00:05Z"}}}]}}
JSON
  done
}
