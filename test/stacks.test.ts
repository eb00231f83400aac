import { homedir, tmpdir } from "node:os";
import { projectFile } from "../constructs/project-files";
import { type StackPart, stackParts } from "../platform/parts";
import { versions } from "../platform/versions";
import type { ClusterSettings } from "../schema/settings";
import type { StackJson } from "./support/define";
import { comesAfter, graphOf, textsIn } from "./support/graph";
import { platforms } from "./support/platforms";
import { platform, synthesized } from "./support/synth";

const demo = platform();

/** Without what CDKTF notes for itself, and with documents opened, so that a snapshot can be read like a plan. */
function shipped(stack: StackJson): unknown {
  return JSON.parse(JSON.stringify(stack), (key, value) => {
    if (key === "//") {
      return undefined;
    }
    return typeof value === "string" ? opened(value) : value;
  });
}

/** Quotes inside of an expression of Terraform's are no JSON, so they are put aside. */
function opened(text: string): unknown {
  return /^\{\s*"/.test(text) ? JSON.parse(text.replaceAll(/\$\{[^}]*\}/g, (code) => code.replaceAll('"', "'"))) : text;
}

test.each(stackParts)("the %s stack of the demo is what was reviewed last", (part) => {
  expect(shipped(demo[part])).toMatchSnapshot();
});

test("the module of each stack requires a version that is right for Terraform and for OpenTofu", () => {
  const [, required] = /required_version = "(.*)"/.exec(projectFile("modules/terraform-version/main.tf")) ?? [];

  expect([required, required]).toEqual([versions.terraform, versions.openTofu]);
});

// Checkov reads no resource of a JSON that has it, and says nothing: bridgecrewio/checkov#7454.
test.each(stackParts)("the %s stack leaves the version of Terraform to that module", (part) => {
  expect(demo[part].module).toHaveProperty(
    ["terraform_version", "source"],
    expect.stringMatching(/\/terraform-version$/),
  );
  expect(demo[part].terraform).not.toHaveProperty("required_version");
});

test("the same settings give the same bytes", () => {
  expect(synthesized()).toEqual(synthesized());
});

describe.each(Object.keys(platforms))("with the settings '%s'", (name) => {
  const stacks = platform(platforms[name]);

  test.each(stackParts)("every address that the %s stack refers to is one of its own", (part) => {
    const graph = graphOf(stacks[part]);
    const dangling = [...graph].flatMap(([address, dependencies]) =>
      [...dependencies]
        .filter((dependency) => !graph.has(dependency) && !["terraform.workspace", "each.value"].includes(dependency))
        .map((dependency) => `${address} -> ${dependency}`),
    );

    // A network that is there has no resource of ours.
    expect(graph.size).toBeGreaterThan(part === "network" && platforms[name]?.network ? 0 : 20);
    expect(dangling).toEqual([]);
  });

  test.each(stackParts)("what the %s stack reads, an earlier stack publishes", (part) => {
    const reads = [...JSON.stringify(stacks[part]).matchAll(/terraform_remote_state\.(\w+)\.outputs\.(\w+)/g)];
    const earlier = stackParts.slice(0, stackParts.indexOf(part));

    expect(reads.length > 0).toBe(part !== "network");
    for (const [, producer = "", output = ""] of reads) {
      expect(earlier).toContain(producer);
      expect(Object.keys(stacks[producer as StackPart].output)).toContain(output);
    }
  });
});

test("outputs say what they are, and keep their names whatever they refer to", () => {
  const outputs = stackParts.flatMap((part) => Object.entries(demo[part].output ?? {}));

  expect(outputs.length).toBeGreaterThan(0);
  for (const [name, { description }] of outputs) {
    expect(description).toMatch(/\w+ \w+/);
    expect(name).not.toMatch(/cross-stack|[A-F0-9]{8}/);
  }
});

test("the last stack prints what to type next: EKS is asked, and kubectl logs in, as the role that deploys, if there is one", () => {
  const printed = (changes: Partial<ClusterSettings>) =>
    Object.values(platform(changes).bootstrap.output).map(({ value }) => value);
  const command = "aws eks update-kubeconfig --name demo-k8s-cilium --region eu-central-1 --alias demo-k8s-cilium";
  const deployRole = "arn:aws:iam::111122223333:role/platform-deployer";

  expect(printed({})).toEqual([command, "npm run verify -- demo-k8s-cilium --wait 15m"]);
  expect(printed({ deployRole })[0]).toBe(`${command} --role-arn ${deployRole} --assume-role-arn ${deployRole}`);
});

test("what a team needs for a role of its own is published", () => {
  expect(Object.keys(demo.cluster.output)).toEqual(expect.arrayContaining(["oidc_issuer", "oidc_provider_arn"]));
});

test("a key that is there may be the one that the stack has made: it is forgotten, not destroyed", () => {
  const secretsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/0ea3c8c1-6d1f-4b0e-9f57-2a5d1c6b7e80";
  const removed = (changes: Partial<ClusterSettings>) =>
    (platform(changes).cluster as unknown as { removed?: unknown[][] }).removed?.flat();

  expect(removed({})).toBeUndefined();
  expect(removed({ controlPlane: { secretsKeyArn } })).toEqual(
    ["aws_kms_key", "aws_kms_alias"].map((type) => ({ from: `${type}.cluster`, lifecycle: { destroy: false } })),
  );
  expect(Object.keys(demo.cluster.resource)).toEqual(expect.arrayContaining(["aws_kms_key", "aws_kms_alias"]));
});

test("no name of a resource carries a hash", () => {
  const addresses = stackParts.flatMap((part) => [...graphOf(demo[part]).keys()]);

  expect(addresses.filter((address) => /[0-9A-Fa-f]{8}$/.test(address) && !/\d{12}$/.test(address))).toEqual([]);
});

describe("names in AWS", () => {
  const namesIn = (name: string) =>
    Object.values(platform({ name, flowLogs: true, endpoints: ["ecr.api"] }))
      .flatMap(({ resource }) => Object.entries(resource))
      .flatMap(([type, blocks]) => Object.values(blocks).map((block) => ({ type, name: block.name })))
      .filter((named) => typeof named.name === "string" && named.name.includes(name));

  test("a cluster name of 32 characters leaves room for all that is made from it", () => {
    const names = namesIn("c".repeat(32));

    // The tightest limits, of IAM roles and EventBridge rules, so that all others are kept too.
    expect(names.filter(({ name }) => name.length > 64)).toEqual([]);
    expect(names.length).toBeGreaterThan(15);
  });

  test("no two clusters of an account can want the same name: no ending ends in another one of its type", () => {
    const endings = namesIn("x-x").map(({ type, name }) => ({ type, ending: name.split("x-x")[1] ?? "" }));

    const clashes = endings.filter(({ type, ending }) =>
      endings.some(
        (other) =>
          other.type === type &&
          other.ending !== ending &&
          other.ending.endsWith(ending) &&
          other.ending.startsWith("-") &&
          ending !== "",
      ),
    );
    expect(clashes).toEqual([]);
  });
});

describe("the order of the bootstrap stack", () => {
  const graph = graphOf(platform().bootstrap);
  const cilium = "helm_release.cilium";
  const nodes = "aws_eks_node_group.system";
  const dns = "aws_eks_addon.core_dns";
  const job = "kubernetes_job_v1.flux_installation";
  const files = [...graph.keys()].filter((address) => address.startsWith("github_repository_file."));

  test("Cilium comes before the nodes, and waits for nothing that runs on them", () => {
    expect(comesAfter(graph, nodes, cilium)).toBe(true);
    expect(comesAfter(graph, cilium, nodes)).toBe(false);
  });

  test("DNS comes after the nodes", () => {
    expect(comesAfter(graph, dns, nodes)).toBe(true);
  });

  test("Flux is installed last: with DNS, its key, its variables, Karpenter's namespace and every file in place", () => {
    const before = [
      dns,
      "kubernetes_secret_v1.flux",
      "kubernetes_config_map_v1.flux_variables",
      "kubernetes_namespace_v1.karpenter",
      "github_repository_deploy_key.repository",
      ...files,
    ];

    expect(files.length).toBeGreaterThan(5);
    expect(before.filter((address) => !comesAfter(graph, job, address))).toEqual([]);
  });

  test("on destroy, what Flux and Karpenter keep is emptied while there are nodes", () => {
    for (const namespace of ["kubernetes_namespace_v1.flux", "kubernetes_namespace_v1.karpenter"]) {
      expect(comesAfter(graph, namespace, nodes)).toBe(true);
    }
  });

  test("files are committed one after the other, the one that names Karpenter's folders after them", () => {
    const follows = (later: string, earlier: string) =>
      comesAfter(graph, `github_repository_file.files_${later}`, `github_repository_file.files_${earlier}`);

    for (const file of files) {
      expect(files.filter((other) => comesAfter(graph, file, other) || comesAfter(graph, other, file))).toHaveLength(
        files.length - 1,
      );
    }
    expect(follows("karpenter", "karpenter_release_release")).toBe(true);
    expect(follows("karpenter", "karpenter_nodepools_default")).toBe(true);
    expect(follows("kustomization", "gotk_sync")).toBe(true);
    expect(follows("kustomization", "gotk_components")).toBe(true);
  });

  test("no file is committed before the variables that it may use: Flux would leave their places empty", () => {
    const isEarly = (file: string) => !comesAfter(graph, file, "kubernetes_config_map_v1.flux_variables");

    expect(files.filter(isEarly)).toEqual([]);
  });

  test("an ephemeral token, not one in the state, opens the cluster", () => {
    expect([...(graph.get("provider.helm") ?? [])]).toContain("module.cluster_token");
  });
});

describe("a zone that is appended", () => {
  const two = platform({ zones: ["eu-central-1a", "eu-central-1b"], endpoints: ["sts"] });
  const three = platform({ zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"], endpoints: ["sts"] });

  /** Types of resources that list the zones' stackParts, and so must change. */
  const listing = ["aws_vpc_endpoint"];

  test("a zone that is appended changes no resource of the others", () => {
    for (const [type, before] of Object.entries(two.network.resource)) {
      if (!listing.includes(type)) {
        expect(three.network.resource[type]).toEqual(expect.objectContaining(before));
      }
    }
  });

  test("it brings a public and a private subnet, and none for the control plane", () => {
    const added = Object.keys(three.network.resource.aws_subnet ?? {}).filter(
      (name) => !two.network.resource.aws_subnet?.[name],
    );

    expect(added).toEqual(["private_c", "public_c"]);
  });

  test("it changes nothing in the cluster stack, whose zones are the cluster's for ever", () => {
    expect(three.cluster).toEqual(two.cluster);
  });

  test("it reaches the node group through what the network publishes, and nothing else in the bootstrap stack", () => {
    expect(three.bootstrap).toEqual(two.bootstrap);
    expect(three.network.output.private_subnet_ids?.value).toHaveLength(3);
  });
});

describe("where state is kept", () => {
  const backends: Record<string, NonNullable<ClusterSettings["backend"]>> = {
    local: { type: "local" },
    s3: { type: "s3", bucket: "acme-terraform-state" },
    "s3 with all": {
      type: "s3",
      bucket: "acme-terraform-state",
      prefix: "platform/eu",
      kmsKeyId: "alias/terraform-state",
      roleArn: "arn:aws:iam::444455556666:role/terraform-state",
    },
    cloud: { type: "cloud", organization: "acme", project: "platform" },
  };

  test.each(Object.keys(backends))("with the backend '%s', no path of a machine is in the stacks", (name) => {
    const stacks = platform({ backend: backends[name] });

    const machine = [process.cwd(), homedir(), `${tmpdir()}/`];

    expect(textsIn(stacks).filter((text) => machine.some((path) => text.includes(path)))).toEqual([]);
  });

  test.each(Object.keys(backends))(
    "with the backend '%s', every stack has a state of its own, and is read from where it is kept",
    (name) => {
      const stacks = platform({ backend: backends[name] });
      const places = stackParts.map((part) => {
        const { backend, cloud } = stacks[part].terraform as { backend?: object; cloud?: object };
        return JSON.stringify(backend ?? cloud);
      });
      const state = stacks.bootstrap.data.terraform_remote_state?.network.config;

      expect(new Set(places).size).toBe(3);
      for (const value of [state.path, state.key, state.bucket, state.workspaces?.name, state.organization]) {
        if (value !== undefined) {
          expect(places[0]).toContain(JSON.stringify(value));
        }
      }
    },
  );

  test("local state lies outside of cdktf.out, which people delete", () => {
    const { backend } = platform().network.terraform as { backend: { local: { path: string } } };

    expect(backend.local.path).toMatch(/^\.\.\/\.\.\/\.\.\/\w/);
  });

  test("state in S3 is encrypted, and locked without a table", () => {
    const { backend } = platform({ backend: backends.s3 }).cluster.terraform as {
      backend: { s3: Record<string, unknown> };
    };

    expect(backend.s3).toMatchObject({ encrypt: true, use_lockfile: true, region: "eu-central-1" });
    expect(backend.s3).not.toHaveProperty("dynamodb_table");
    expect(backend.s3).not.toHaveProperty("skip_region_validation");
  });

  test.each([
    ["sa-west-1", []],
    ["eu-central-9", ["eu-central-9"]],
  ])("Terraform is told to take a region that it does not know: %s", (region, newInAws) => {
    const zones = [`${region}a`, `${region}b`];
    const { network, bootstrap } = platform({ region, zones, newInAws, backend: backends.s3 });

    expect(network.provider.aws).toMatchObject([{ region, skip_region_validation: true }]);
    for (const state of [network.terraform.backend, { s3: bootstrap.data.terraform_remote_state?.network.config }]) {
      expect(state).toMatchObject({ s3: { region, skip_region_validation: true } });
    }
  });

  test("what is told of state in S3, later stacks go by when they read it", () => {
    const { network, bootstrap } = platform({ backend: backends["s3 with all"] });
    const { backend } = network.terraform as { backend: { s3: Record<string, unknown> } };
    const told = {
      key: "platform/eu/demo-k8s-cilium/network.tfstate",
      kms_key_id: "alias/terraform-state",
      assume_role: {
        role_arn: "arn:aws:iam::444455556666:role/terraform-state",
        session_name: "demo-k8s-cilium-terraform",
      },
    };

    expect(backend.s3).toMatchObject(told);
    expect(bootstrap.data.terraform_remote_state?.network.config).toMatchObject(told);
  });

  test("a state that projects could share says whose it is, in each stack; a local one is in its checkout", () => {
    const owners = (name: string) =>
      stackParts.map((part) => platform({ backend: backends[name] })[part].resource.terraform_data?.state_owner);

    expect(owners("local")).toEqual([undefined, undefined, undefined]);
    for (const name of ["s3", "cloud"]) {
      expect(owners(name)).toMatchObject(
        Array(3).fill({ input: { account: "111122223333", repository: "acme/demo-k8s-cilium-flux" } }),
      );
    }
    expect(JSON.stringify(owners("s3 with all")[0])).toContain(
      "s3://acme-terraform-state/platform/eu/demo-k8s-cilium/network.tfstate",
    );
  });

  test("HCP Terraform has a workspace named like each stack", () => {
    const { cloud } = platform({ backend: backends.cloud }).cluster.terraform as { cloud: unknown };

    expect(cloud).toMatchObject({ workspaces: { name: "demo-k8s-cilium-cluster", project: "platform" } });
  });
});

describe("a role that deploys", () => {
  const deployRole = "arn:aws:iam::111122223333:role/deployers/platform";
  const assumed = { role_arn: deployRole, session_name: "demo-k8s-cilium-terraform" };
  const s3 = { type: "s3", bucket: "acme-terraform-state" } as const;
  const stacks = platform({ deployRole, backend: s3 });
  const address = "admins_role_deployers_platform_111122223333";

  test.each(stackParts)("the %s stack assumes it to reach AWS, its own state and that of others", (part) => {
    const { provider, terraform, data } = stacks[part];
    const remoteStates = Object.values(data?.terraform_remote_state ?? {});

    expect(provider.aws).toMatchObject([{ assume_role: [assumed] }]);
    expect(terraform).toMatchObject({ backend: { s3: { assume_role: assumed } } });
    expect(remoteStates).toHaveLength(stackParts.indexOf(part));
    expect(remoteStates).toEqual(remoteStates.map(() => expect.objectContaining({ backend: "s3" })));
    expect(remoteStates.map(({ config }) => config.assume_role)).toEqual(remoteStates.map(() => assumed));
  });

  test("it administers the cluster, at the address that it has among the admins, and once", () => {
    const { resource, module } = stacks.cluster;
    const named = platform({ deployRole, backend: s3, admins: [deployRole] }).cluster.resource;

    expect(resource.aws_eks_access_entry).toHaveProperty(`${address}.principal_arn`, deployRole);
    expect(resource.aws_eks_access_policy_association).toHaveProperty(address);
    expect(Object.keys(named.aws_eks_access_entry ?? {}).filter((name) => name.startsWith("admins_"))).toEqual([
      address,
    ]);
    expect(module).toHaveProperty("deployer_check.admins", expect.arrayContaining([deployRole]));
  });

  test("with it and without it, all else is the same", () => {
    const without = platform({ backend: s3 });

    expect(stacks.network.resource).toEqual(without.network.resource);
    expect(stacks.cluster.resource).toMatchObject(without.cluster.resource);
    expect(stacks.bootstrap.resource).toEqual(without.bootstrap.resource);
  });
});
