import { join } from "node:path";

/** etcd's sockets, in its working folder: no other user and no other control plane can meet them. */
const etcdClients = "unix://etcd-c:0";
const etcdPeers = "unix://etcd-p:0";

/** The file that etcd makes when it listens to clients. */
export const etcdSocket = "etcd-c:0";

/** Without fsync: what a power failure loses here, nobody misses. */
export function etcdFlags(folder: string): string[] {
  return [
    "--name=lab",
    `--data-dir=${join(folder, "etcd", "data")}`,
    `--listen-client-urls=${etcdClients}`,
    `--advertise-client-urls=${etcdClients}`,
    `--listen-peer-urls=${etcdPeers}`,
    `--initial-advertise-peer-urls=${etcdPeers}`,
    `--initial-cluster=lab=${etcdPeers}`,
    "--unsafe-no-fsync",
    "--log-level=warn",
    "--auto-compaction-mode=periodic",
    "--auto-compaction-retention=1h",
  ];
}

export function apiServerFlags(certificates: string, port: number, servicesRange: string): string[] {
  const file = (name: string) => join(certificates, name);
  return [
    `--etcd-servers=${etcdClients}`,
    "--bind-address=127.0.0.1",
    `--secure-port=${port}`,
    "--advertise-address=127.0.0.1",
    "--endpoint-reconciler-type=none",
    `--service-cluster-ip-range=${servicesRange}`,
    "--allow-privileged=true",
    "--authorization-mode=Node,RBAC",
    `--client-ca-file=${file("ca.crt")}`,
    `--tls-cert-file=${file("apiserver.crt")}`,
    `--tls-private-key-file=${file("apiserver.key")}`,
    "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
    `--service-account-signing-key-file=${file("sa.key")}`,
    `--service-account-key-file=${file("sa.pub")}`,
    `--kubelet-client-certificate=${file("kubelet-client.crt")}`,
    `--kubelet-client-key=${file("kubelet-client.key")}`,
    `--kubelet-certificate-authority=${file("ca.crt")}`,
    `--requestheader-client-ca-file=${file("ca.crt")}`,
    "--requestheader-allowed-names=front-proxy-client",
    "--requestheader-username-headers=X-Remote-User",
    "--requestheader-group-headers=X-Remote-Group",
    "--requestheader-extra-headers-prefix=X-Remote-Extra-",
    `--proxy-client-cert-file=${file("front-proxy-client.crt")}`,
    `--proxy-client-key-file=${file("front-proxy-client.key")}`,
    "--profiling=false",
  ];
}

/** Has the API server ask a webhook who the bearer of a token is. */
export function webhookFlags(kubeconfig: string): string[] {
  const flag = "--authentication-token-webhook";
  return [`${flag}-config-file=${kubeconfig}`, `${flag}-version=v1`, `${flag}-cache-ttl=1s`];
}

export function controllerManagerFlags(certificates: string, kubeconfig: string): string[] {
  const file = (name: string) => join(certificates, name);
  return [
    `--kubeconfig=${kubeconfig}`,
    "--leader-elect=false",
    "--secure-port=0",
    "--use-service-account-credentials",
    "--kube-api-qps=300",
    "--kube-api-burst=500",
    `--service-account-private-key-file=${file("sa.key")}`,
    `--root-ca-file=${file("ca.crt")}`,
    `--cluster-signing-cert-file=${file("ca.crt")}`,
    `--cluster-signing-key-file=${file("ca.key")}`,
    "--controllers=*,bootstrap-signer-controller,token-cleaner-controller",
    "--profiling=false",
  ];
}

export function schedulerFlags(kubeconfig: string): string[] {
  return [`--kubeconfig=${kubeconfig}`, "--leader-elect=false", "--secure-port=0", "--profiling=false"];
}

/** The lease is what tells a node that is there from one that is gone. */
export function kwokFlags(kubeconfig: string, stages: string): string[] {
  return [`--kubeconfig=${kubeconfig}`, "--manage-all-nodes", `--config=${stages}`, "--node-lease-duration-seconds=40"];
}

/** Has kwok answer as the kubelet of every node, on one port. */
export function kubeletFlags(certificates: string, port: number): string[] {
  return [
    "--node-ip=127.0.0.1",
    `--node-port=${port}`,
    `--server-address=127.0.0.1:${port}`,
    `--tls-cert-file=${join(certificates, "kubelet.crt")}`,
    `--tls-private-key-file=${join(certificates, "kubelet.key")}`,
  ];
}
