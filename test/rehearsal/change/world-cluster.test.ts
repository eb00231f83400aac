import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { areSame, type ClusterStacks, sideOf } from "../../../rehearsal/change/sides";
import { settingsInStacks, worldCluster } from "../../../rehearsal/change/world-cluster";
import { newestRelease, releases } from "../../../releases/all";
import { cluster, clusterInNetwork, podSubnets, sharedNetwork } from "../../support/settings";

const folder = mkdtempSync(join(tmpdir(), "stacks-"));

afterAll(() => rmSync(folder, { recursive: true }));

const admin = "arn:aws:iam::111122223333:role/platform-admin";
const reader = "arn:aws:iam::111122223333:role/reader";

/** Writes the stacks of a cluster as they are synthesized, as far as anything is read of them. */
function stacks(
  place: string,
  admins: readonly string[] = [admin],
  region = "eu-central-1",
  network: object = { aws_vpc: { network: { cidr_block: "10.200.0.0/16" } } },
): ClusterStacks {
  const provider = { aws: [{ region }], github: [{ owner: "acme" }] };
  const entries = [...admins, "${aws_iam_role.nodes.arn}"].map((principal_arn, index) => [
    `admins_a${index}`,
    { principal_arn },
  ]);
  const file = { repository: "demo-k8s-cilium-flux", branch: "main" };
  const subnets = { a: { availability_zone: `${region}a` }, b: { availability_zone: `${region}b` } };
  const resources = {
    network: { ...network, aws_subnet: { ...subnets, c: subnets.a } },
    cluster: { aws_eks_access_entry: { ...Object.fromEntries(entries), access_a: { principal_arn: reader } } },
    bootstrap: { github_repository_file: { readme: file } },
  };
  const written = Object.entries(resources).map(([part, resource]) => {
    const path = join(folder, place, part);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "cdk.tf.json"), JSON.stringify({ provider, resource }));
    return { name: `demo-k8s-cilium-${part}`, folder: path };
  });
  const found = sideOf([...written, { name: "something-else", folder }]).get("demo-k8s-cilium");
  if (found === undefined) {
    throw new Error("no stacks");
  }
  return found;
}

test("what a world is made of is read from stacks, whose expressions name nobody", () => {
  expect(settingsInStacks("demo-k8s-cilium", stacks("one"))).toEqual({
    name: "demo-k8s-cilium",
    // They name no versions.
    release: newestRelease.name,
    account: "111122223333",
    region: "eu-central-1",
    zones: ["eu-central-1a", "eu-central-1b"],
    cidrBlock: "10.200.0.0/16",
    admins: [admin],
    controlPlane: {},
    access: [{ principal: reader, policy: "view" }],
    repository: { owner: "acme", name: "demo-k8s-cilium-flux", branch: "main", mode: "existing" },
  });
});

test.each(releases.map((release) => [release.name, release] as const))(
  "stacks that were made of release %s have a world of that release",
  (name, { kubernetes, cilium, coreDns }) => {
    const written = stacks(name);
    const add = (part: "cluster" | "bootstrap", added: object) => {
      const file = join(written[part], "cdk.tf.json");
      const json = JSON.parse(readFileSync(file, "utf8"));
      writeFileSync(file, JSON.stringify({ ...json, resource: { ...json.resource, ...added } }));
    };
    add("cluster", { aws_eks_cluster: { cluster: { version: kubernetes.version } } });
    add("bootstrap", {
      helm_release: { cilium: { version: cilium.version } },
      aws_eks_addon: { core_dns: { addon_version: coreDns.version } },
    });

    expect(worldCluster(undefined, settingsInStacks("demo-k8s-cilium", written)).release).toBe(name);
  },
);

test("a network too small for pods is one with the block that the stacks give them", () => {
  const network = {
    aws_vpc: { network: { cidr_block: "10.0.0.0/24" } },
    aws_vpc_ipv4_cidr_block_association: { pods: { cidr_block: "100.64.0.0/16" } },
  };
  const world = worldCluster(
    undefined,
    settingsInStacks("demo-k8s-cilium", stacks("pods", [admin], undefined, network)),
  );

  expect(world).toMatchObject({ cidrBlock: "10.0.0.0/24", podCidr: "100.64.0.0/16" });
});

test("a network that is there is read from the module that looks at it", () => {
  const { network: path, ...others } = stacks("existing");
  const [vpc_id, private_subnet_ids, control_plane_subnet_ids] = ["vpc-1", ["subnet-1"], ["subnet-2"]];
  const network = { vpc_id, private_subnet_ids, control_plane_subnet_ids, public_subnet_ids: [] };
  writeFileSync(
    join(path, "cdk.tf.json"),
    JSON.stringify({ provider: { aws: [{ region: "eu-central-1" }] }, module: { network } }),
  );

  const found = settingsInStacks("demo-k8s-cilium", { network: path, ...others });
  expect(found.network).toEqual({ vpcId: "vpc-1", privateSubnets: ["subnet-1"], controlPlaneSubnets: ["subnet-2"] });
  expect(found.zones).toBeUndefined();
});

test("subnets for pods alone are read from it too, and belong to the one network that a world has", () => {
  const { network: path, ...others } = stacks("apart");
  const ids = { private_subnet_ids: ["subnet-1"], control_plane_subnet_ids: ["subnet-2"], public_subnet_ids: [] };
  const network = { vpc_id: sharedNetwork.vpcId, ...ids, pod_subnet_ids: ["subnet-4", "subnet-5"] };
  writeFileSync(
    join(path, "cdk.tf.json"),
    JSON.stringify({ provider: { aws: [{ region: "eu-central-1" }] }, module: { network } }),
  );

  const found = settingsInStacks("demo-k8s-cilium", { network: path, ...others });
  expect(found.network?.podSubnets).toEqual(["subnet-4", "subnet-5"]);
  const there = { ...found, network: { ...sharedNetwork, podSubnets } };
  expect(() => worldCluster(clusterInNetwork(), there)).toThrow(`leaves ${podSubnets.join(", ")}`);
  expect(worldCluster(clusterInNetwork({ network: there.network }), there)).toMatchObject({ network: there.network });
});

test("a cluster that leaves a network that is there has no world, which has one such network from its start", () => {
  const there = { ...settingsInStacks("demo-k8s-cilium", stacks("one")), network: sharedNetwork };

  expect(() => worldCluster(cluster(), there)).toThrow(/leaves subnet-/);
  expect(worldCluster(clusterInNetwork(), there)).toMatchObject({ network: sharedNetwork });
});

test("a cluster that is removed has a world by its stacks alone", () => {
  const world = worldCluster(undefined, settingsInStacks("demo-k8s-cilium", stacks("one")));

  expect(world).toMatchObject({ name: "demo-k8s-cilium", admins: [admin], region: "eu-central-1" });
});

test("admins of both sides are in the world, and it calls as one who is in both", () => {
  const [before, after] = ["old", "new"].map((name) => `arn:aws:iam::111122223333:role/${name}`);
  const there = settingsInStacks("demo-k8s-cilium", stacks("two", [before ?? "", admin]));

  expect(worldCluster(cluster({ admins: [after ?? "", admin] }), there).admins).toEqual([admin, before, after]);
});

test("whoever may use the cluster on one side is in the world, and never who calls", () => {
  const there = settingsInStacks("demo-k8s-cilium", stacks("readers"));
  const world = worldCluster(
    cluster({ access: [{ principal: "arn:aws:iam::111122223333:role/developers", policy: "view" }] }),
    there,
  );

  expect(world.admins).toEqual([admin]);
  expect(world.access.map(({ principal }) => principal)).toEqual(["arn:aws:iam::111122223333:role/developers", reader]);
});

const deployer = "arn:aws:iam::111122223333:role/deployer";

/** The settings in stacks that a role applies. */
function appliedBy(place: string, role: string) {
  const provider = {
    aws: [{ region: "eu-central-1", assume_role: [{ role_arn: role }] }],
    github: [{ owner: "acme" }],
  };
  const written = stacks(place);
  const file = join(written.network, "cdk.tf.json");
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), provider }));
  return settingsInStacks("demo-k8s-cilium", written);
}

test("a world has the role that applies both sides, and nobody else applies there", () => {
  const there = appliedBy("seven", deployer);

  expect(there).toMatchObject({ deployRole: deployer, admins: [admin] });
  expect(worldCluster(undefined, there)).toMatchObject({ deployRole: deployer });
  expect(worldCluster(cluster({ deployRole: deployer }), there)).toMatchObject({ deployRole: deployer });
});

test("where a change gives the cluster another role to be applied by, an admin may assume either", () => {
  const other = "arn:aws:iam::111122223333:role/other";
  const there = appliedBy("eight", other);
  const before = settingsInStacks("demo-k8s-cilium", stacks("nine"));

  expect(worldCluster(cluster({ deployRole: deployer }), there).admins).toEqual([admin, other, deployer]);
  expect(worldCluster(cluster({ deployRole: deployer }), there).deployRole).toBeUndefined();
  expect(worldCluster(cluster({ deployRole: deployer }), before).admins).toEqual([admin, deployer]);
});

test("addresses of Services and the key are those of what is made first; the stack's own key is none that is there", () => {
  const there = settingsInStacks("demo-k8s-cilium", stacks("services"));
  const secretsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/0ea3c8c1-6d1f-4b0e-9f57-2a5d1c6b7e80";
  const here = cluster({ controlPlane: { serviceCidr: "10.96.0.0/16", logTypes: ["audit"], secretsKeyArn } });
  const own = stacks("own-key");
  const eks = {
    kubernetes_network_config: { service_ipv4_cidr: "10.97.0.0/16" },
    encryption_config: { provider: { key_arn: "${aws_kms_key.cluster.arn}" } },
  };
  const file = join(own.cluster, "cdk.tf.json");
  const json = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...json, resource: { ...json.resource, aws_eks_cluster: { cluster: eks } } }));

  expect(worldCluster(here, there).controlPlane).toEqual({ logTypes: ["audit"], secretsKeyArn });
  expect(worldCluster(here, settingsInStacks("demo-k8s-cilium", own)).controlPlane).toEqual({
    serviceCidr: "10.97.0.0/16",
    logTypes: ["audit"],
    secretsKeyArn,
  });
});

test("a cluster that moves to another region is refused, with both", () => {
  const there = settingsInStacks("demo-k8s-cilium", stacks("three", [admin], "eu-west-1"));

  expect(() => worldCluster(cluster(), there)).toThrow(
    "demo-k8s-cilium moves to another region, from eu-west-1 to eu-central-1, and a world has one alone",
  );
});

test("stacks are the same if all their files are, byte for byte", () => {
  const [one, other] = [stacks("four"), stacks("five")];
  expect(areSame(one, other)).toBe(true);
  writeFileSync(join(other.cluster, "cdk.tf.json"), "{}");
  expect(areSame(one, other)).toBe(false);
  const third = stacks("six");
  writeFileSync(join(third.network, "module.tf"), "");
  expect(areSame(one, third)).toBe(false);
});
