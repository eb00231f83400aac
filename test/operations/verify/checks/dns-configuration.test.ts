import { runChecks } from "../../../../operations/verify/check";
import { corefile, dnsAddress } from "../../../../operations/verify/checks/dns-configuration";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { coreDns } from "../../../../rehearsal/world/objects/core-dns";
import { cluster } from "../../../support/settings";

const config = coreDns("172.20.0.0/16", "v1.14.7-eksbuild.11").find(({ kind }) => kind === "ConfigMap") as unknown;
const { Corefile: usual } = (config as { readonly data: { readonly Corefile: string } }).data;

async function looked(answers: Partial<Snapshot>) {
  const snapshot: Partial<Snapshot> = {
    settings: cluster(),
    configMap: async () => ({ data: { Corefile: usual } }),
    service: async () => ({ spec: { clusterIP: "172.20.0.10" } }),
    cluster: async () => ({ kubernetesNetworkConfig: { serviceIpv4Cidr: "172.20.0.0/16" } }),
    ...answers,
  };
  const results = await runChecks([corefile, dnsAddress], snapshot as Snapshot);
  return { corefile: results[0], address: results[1] };
}

test("the add-on's Corefile and the address of which kubelets were told hold", async () => {
  const found = await looked({});

  expect([found.corefile?.state, found.address?.state]).toEqual(["holds", "holds"]);
});

test.each([
  ["", "is empty"],
  [" \n", "is empty"],
  [usual.replace("kubernetes cluster.local", "hosts"), "does not serve cluster.local"],
  [usual.replace("kubernetes", "# kubernetes"), "does not serve cluster.local"],
  [usual.replace("  forward . /etc/resolv.conf\n", ""), "forwards no other names"],
])("the Corefile %j %s", async (Corefile, problem) => {
  expect((await looked({ configMap: async () => ({ data: { Corefile } }) })).corefile).toMatchObject({
    state: "broken",
    found: `the Corefile in kube-system/coredns ${problem}`,
  });
});

test("a ConfigMap that is not there is named", async () => {
  expect((await looked({ configMap: async () => undefined })).corefile).toMatchObject({
    state: "broken",
    found: "there is no ConfigMap kube-system/coredns",
  });
});

test("kube-dns at another address, or not there, is broken", async () => {
  const at = (clusterIP: string) => looked({ service: async () => ({ spec: { clusterIP } }) });

  expect((await at("172.20.0.99")).address).toMatchObject({
    state: "broken",
    found: "it is 172.20.0.99, and kubelets tell pods 172.20.0.10",
  });
  expect((await looked({ service: async () => undefined })).address).toMatchObject({
    state: "broken",
    found: "there is no Service kube-system/kube-dns",
  });
});

test("where EKS does not say which network Services have, it could not be asked", async () => {
  expect((await looked({ cluster: async () => ({}) })).address?.state).toBe("could not ask");
});
