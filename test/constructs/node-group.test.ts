import { parse } from "smol-toml";

import { NodeGroup } from "../../constructs/node-group";
import { newestRelease } from "../../releases/all";
import { versionsOf } from "../../releases/release";
import { podsPerNode } from "../../schema/instance-types";
import { define } from "../support/define";

const versions = versionsOf(newestRelease);

function defined(tags: Record<string, string> = { Cluster: "demo" }) {
  return define((stack) => {
    new NodeGroup(stack, "system", {
      clusterName: "demo",
      kubernetesVersion: versions.kubernetes,
      bottlerocketVersion: versions.bottlerocket,
      roleArn: "arn:aws:iam::111122223333:role/demo-nodes",
      subnetIds: ["subnet-a", "subnet-b"],
      instanceTypes: ["t4g.medium"],
      minSize: 2,
      maxSize: 4,
      tags,
      cni: { fqn: "helm_release.cilium" },
    });
  });
}

const { resource, data } = defined();
const group = resource.aws_eks_node_group?.system;
const template = resource.aws_launch_template?.system;

test("nodes come after the CNI, without which none becomes ready", () => {
  expect(group.depends_on).toEqual(["helm_release.cilium"]);
});

test("no pod runs on a node until Cilium's agent does", () => {
  expect(group.taint).toEqual([{ key: "node.cilium.io/agent-not-ready", value: "true", effect: "NO_EXECUTE" }]);
});

test("a group that must be replaced goes when its successor is there, and its size in between is nobody's change", () => {
  expect(group).toMatchObject({
    node_group_name_prefix: expect.any(String),
    lifecycle: { create_before_destroy: true, ignore_changes: ["scaling_config[0].desired_size"] },
  });
});

test("the release of the nodes' system is pinned, and a plan shows it", () => {
  expect(data.aws_ssm_parameter?.system_release.name).toMatch(/\/\d+\.\d+\.\d+\/image_version$/);
  expect(group.release_version).toBe("${data.aws_ssm_parameter.system_release.insecure_value}");
});

describe("a launch template, which is never changed since EKS would take a release that nobody chose,", () => {
  const prefix = (tags?: Record<string, string>) => defined(tags).resource.aws_launch_template?.system.name_prefix;

  test("has a name that a killed apply cannot have taken", () => {
    expect(template.name_prefix).toMatch(/^demo-system-[0-9a-f]{8}-$/);
    expect(template).not.toHaveProperty("name");
  });

  test("has another name, which replaces it and the group, for other content", () => {
    expect(prefix({ Cluster: "demo", Team: "a" })).not.toBe(prefix({ Cluster: "demo", Team: "b" }));
    expect(group.launch_template).toEqual({ id: "${aws_launch_template.system.id}", version: "1" });
  });

  test("has another name for another minor of Kubernetes", () => {
    const before = prefix();
    const replaced = jest.replaceProperty<{ kubernetes: string }, "kubernetes">(versions, "kubernetes", "1.99");

    expect(prefix()).not.toBe(before);
    replaced.restore();
    expect(prefix()).toBe(before);
  });

  test("has the same name for the same tags in another order", () => {
    expect(prefix({ Team: "a", Cluster: "demo" })).toBe(prefix({ Cluster: "demo", Team: "a" }));
  });
});

test("pods cannot take the node's credentials from its metadata", () => {
  expect(template.metadata_options).toMatchObject({ http_tokens: "required", http_put_response_hop_limit: 1 });
});

test("both disks are encrypted", () => {
  expect(template.block_device_mappings).toEqual(
    ["/dev/xvda", "/dev/xvdb"].map((disk) => ({
      device_name: disk,
      ebs: expect.objectContaining({ encrypted: "true", volume_type: "gp3" }),
    })),
  );
});

test("Bottlerocket is told how many pods a node takes", () => {
  expect(parse(Buffer.from(template.user_data, "base64").toString())).toEqual({
    settings: { kubernetes: { "max-pods": podsPerNode } },
  });
});

test("nodes have EKS's security group and no other", () => {
  expect(template).not.toHaveProperty("vpc_security_group_ids");
  expect(template).not.toHaveProperty("network_interfaces");
});

test("instances and their volumes are found by the cluster's tags", () => {
  expect(template.tag_specifications).toEqual(
    ["instance", "volume"].map((resourceType) => ({
      resource_type: resourceType,
      tags: { Cluster: "demo", Name: "demo-system" },
    })),
  );
});
