import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { DescribeSubnetsCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateClusterCommand,
  CreateNodegroupCommand,
  DeleteNodegroupCommand,
  DescribeNodegroupCommand,
  EKSClient,
} from "@aws-sdk/client-eks";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

import { awsAccess } from "../../rehearsal/world/aws-access";
import { environmentText } from "../../rehearsal/world/environment-text";
import { Kubectl } from "../../rehearsal/world/kubectl";
import { RunningWorld } from "../../rehearsal/world/running-world";
import { stopServers } from "../../rehearsal/world/servers";
import { isUp, startWorld } from "../../rehearsal/world/up";
import { kubeconfigOf } from "../../rehearsal/world/world-files";
import { mustHaveZones } from "../../rehearsal/world/zones";
import { cluster } from "../support/settings";
import { createRole } from "./create-role";

const account = "arn:aws-cn:iam::222233334444";
/** As different from the demo's as a cluster's settings can be, for a world. */
const settings = cluster({
  name: "elsewhere",
  account: "222233334444",
  region: "cn-north-1",
  zones: ["cn-north-1a", "cn-north-1b"],
  admins: [`${account}:role/deployers/platform`, `${account}:user/somebody`],
  repository: { owner: "globex", name: "clusters", branch: "release/2" },
});
const folder = mkdtempSync(join(tmpdir(), "world-"));
let world: RunningWorld;
let kubectl: Kubectl;
let eks: EKSClient;

beforeAll(async () => {
  await startWorld({ folder, cluster: settings, signal: new AbortController().signal });
  world = new RunningWorld(folder);
  Object.assign(process.env, world.environment);
  kubectl = new Kubectl(kubeconfigOf(folder));
  eks = new EKSClient({ region: settings.region });
});

afterAll(async () => {
  await stopServers(folder);
  rmSync(folder, { recursive: true });
});

test("a world has the account, the partition, the region and the repository of the settings, and calls as the first admin", async () => {
  const { Account, Arn } = await new STSClient({ region: settings.region }).send(new GetCallerIdentityCommand({}));
  const { owner, name, branch } = settings.repository;

  expect(Account).toBe("222233334444");
  expect(Arn).toMatch(/^arn:aws-cn:sts::222233334444:assumed-role\/platform\//);
  await expect(
    world.rest("GET", `repos/${owner}/${name}/branches/${encodeURIComponent(branch)}`),
  ).resolves.not.toThrow();
});

test("a shell in a world finds what is there, and nothing of its own accounts", () => {
  const text = environmentText(folder, { PATH: "/bin", AWS_PROFILE: "production", TF_TOKEN_app_terraform_io: "real" });

  expect(text).toContain("unset AWS_PROFILE\nunset TF_TOKEN_app_terraform_io\n");
  expect(text).toContain(`export AWS_ENDPOINT_URL='${world.aws}'\n`);
  expect(text).not.toContain("PATH");
});

test("a zone or a region that this AWS does not know is refused before anything is made", async () => {
  const access = awsAccess(world.environment);
  const elsewhere = { ...settings, region: "eu-central-9" };

  await expect(mustHaveZones(settings, access)).resolves.toBeUndefined();
  await expect(mustHaveZones({ ...settings, zones: ["cn-north-1a", "cn-north-1z"] }, access)).rejects.toThrow(
    "the AWS of a world has no zone cn-north-1z; of cn-north-1, it has cn-north-1a, cn-north-1b",
  );
  await expect(mustHaveZones(elsewhere, { ...access, region: elsewhere.region })).rejects.toThrow(
    "no region eu-central-9",
  );
});

describe("in a cluster", () => {
  let subnets: string[];

  beforeAll(async () => {
    const { Subnets = [] } = await new EC2Client({ region: settings.region }).send(new DescribeSubnetsCommand({}));
    subnets = Subnets.slice(0, 2).map(({ SubnetId = "" }) => SubnetId);
    await createRole("cluster", { Service: "eks.amazonaws.com" });
    await createRole("node", { Service: "ec2.amazonaws.com" });
    await eks.send(
      new CreateClusterCommand({
        name: settings.name,
        roleArn: `${account}:role/cluster`,
        resourcesVpcConfig: { subnetIds: subnets },
        accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
        bootstrapSelfManagedAddons: false,
      }),
    );
  });

  const add = (nodegroupName: string) =>
    eks.send(
      new CreateNodegroupCommand({
        clusterName: settings.name,
        nodegroupName,
        nodeRole: `${account}:role/node`,
        subnets,
        amiType: "BOTTLEROCKET_ARM_64",
        instanceTypes: ["m7g.large"],
        scalingConfig: { minSize: 1, maxSize: 3, desiredSize: 2 },
      }),
    );

  const nodes = async () => (await kubectl.run(["get", "nodes", "--output=name"])).split("\n").filter(Boolean);

  async function eventually(look: () => Promise<unknown>, wanted: unknown): Promise<void> {
    for (let looks = 0; looks < 200 && (await look()) !== wanted; looks++) {
      await setTimeout(300);
    }
    expect(await look()).toBe(wanted);
  }

  const status = (nodegroupName: string) => async () =>
    (await eks.send(new DescribeNodegroupCommand({ clusterName: settings.name, nodegroupName }))).nodegroup?.status;

  test("a node group that no CNI is there for fails, and has no nodes", async () => {
    await add("too-early");

    await eventually(status("too-early"), "CREATE_FAILED");
    expect(await nodes()).toEqual([]);
  });

  // What Helm's real provider would have made: it is not served where this project is tested.
  test("with Cilium's DaemonSet in the cluster, nodes come with a node group, and go with it", async () => {
    await kubectl.put([
      {
        apiVersion: "apps/v1",
        kind: "DaemonSet",
        metadata: { name: "cilium", namespace: "kube-system", labels: { "k8s-app": "cilium" } },
        spec: {
          selector: { matchLabels: { "k8s-app": "cilium" } },
          template: {
            metadata: { labels: { "k8s-app": "cilium" } },
            spec: { containers: [{ name: "cilium-agent", image: "cilium" }] },
          },
        },
      },
    ]);
    await add("system");

    await eventually(status("system"), "ACTIVE");
    const order = (await world.journal()).map(({ what }) => what);
    expect(order.indexOf("helm_release cilium")).toBeGreaterThan(-1);
    expect(order.indexOf("helm_release cilium")).toBeLessThan(order.lastIndexOf("eks CreateNodegroup"));
    await eventually(async () => (await nodes()).length, 2);
    await kubectl.run(["wait", "--for=condition=Ready", "nodes", "--all", "--timeout=60s"]);
    await eks.send(new DeleteNodegroupCommand({ clusterName: settings.name, nodegroupName: "system" }));
    await eventually(async () => (await nodes()).length, 0);
  });
});

test("what has ended leaves nothing that runs", async () => {
  const pid = Number(readFileSync(join(folder, "aws", "pid"), "utf8"));
  await stopServers(folder);

  expect(isUp(folder)).toBe(false);
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  await expect(fetch(world.aws)).rejects.toThrow();
  await expect(fetch(world.github)).rejects.toThrow();
});
