import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes a kubeconfig of somebody who has a certificate, for its owner alone. JSON is YAML, too. */
export function writeKubeconfig(file: string, certificates: string, user: string, server: string): void {
  const data = (name: string) => readFileSync(join(certificates, name)).toString("base64");
  write(file, {
    name: "kubelab",
    cluster: { server, "certificate-authority-data": data("ca.crt") },
    user: { "client-certificate-data": data(`${user}.crt`), "client-key-data": data(`${user}.key`) },
  });
}

/** Writes the file by which the API server finds a webhook, which needs no certificate. */
export function writeWebhookConfig(file: string, server: string): void {
  write(file, { name: "webhook", cluster: { server }, user: {} });
}

function write(file: string, { name, cluster, user }: { name: string; cluster: object; user: object }): void {
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    clusters: [{ name, cluster }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    users: [{ name, user }],
  };
  writeFileSync(file, `${JSON.stringify(config, undefined, 2)}\n`, { mode: 0o600 });
}
