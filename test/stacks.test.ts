import type { StackJson } from "./support/define";
import { graphOf } from "./support/graph";
import { type Part, parts, platform, synthesized } from "./support/synth";

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

test.each(parts)("the %s stack of the demo is what was reviewed last", (part) => {
  expect(shipped(demo[part])).toMatchSnapshot();
});

test("two runs give the same bytes", () => {
  expect(synthesized()).toEqual(synthesized());
});

const settings = {
  demo: {},
  "everything switched on": {
    zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
    natGateways: "single",
    endpoints: ["ecr.api", "sts"],
    flowLogs: true,
    clusterAuth: "exec",
    repository: { owner: "acme", name: "clusters", mode: "create" },
  },
  public: { repository: { owner: "acme", name: "clusters", access: "public" }, apiAccess: [] },
} as const satisfies Record<string, Parameters<typeof platform>[0] | object>;

describe.each(Object.keys(settings) as (keyof typeof settings)[])("with the settings '%s'", (name) => {
  const { zones, endpoints, apiAccess, ...others } = settings[name] as Record<string, never>;
  const stacks = platform({
    ...others,
    ...(zones ? { zones: [...zones] } : {}),
    ...(endpoints ? { endpoints: [...endpoints] } : {}),
    ...(apiAccess ? { apiAccess: [...apiAccess] } : {}),
  });

  test.each(parts)("every address that the %s stack refers to is one of its own", (part) => {
    const graph = graphOf(stacks[part]);
    const dangling = [...graph].flatMap(([address, dependencies]) =>
      [...dependencies]
        .filter((dependency) => !graph.has(dependency) && dependency !== "terraform.workspace")
        .map((dependency) => `${address} -> ${dependency}`),
    );

    expect(graph.size).toBeGreaterThan(20);
    expect(dangling).toEqual([]);
  });

  test.each(parts)("what the %s stack reads, an earlier stack publishes", (part) => {
    const reads = [...JSON.stringify(stacks[part]).matchAll(/terraform_remote_state\.(\w+)\.outputs\.(\w+)/g)];
    const earlier = parts.slice(0, parts.indexOf(part));

    expect(reads.length > 0).toBe(part !== "network");
    for (const [, producer = "", output = ""] of reads) {
      expect(earlier).toContain(producer);
      expect(Object.keys(stacks[producer as Part].output)).toContain(output);
    }
  });
});

test("outputs say what they are, and keep their names whatever they refer to", () => {
  const outputs = parts.flatMap((part) => Object.entries(demo[part].output ?? {}));

  expect(outputs.length).toBeGreaterThan(0);
  for (const [name, { description }] of outputs) {
    expect(description).toMatch(/\w+ \w+/);
    expect(name).not.toMatch(/cross-stack|[A-F0-9]{8}/);
  }
});

test("what a team needs for a role of its own is published", () => {
  expect(Object.keys(demo.cluster.output)).toEqual(expect.arrayContaining(["oidc_issuer", "oidc_provider_arn"]));
});

test("no name of a resource carries a hash", () => {
  const addresses = parts.flatMap((part) => [...graphOf(demo[part]).keys()]);

  expect(addresses.filter((address) => /[0-9A-Fa-f]{8}$/.test(address) && !/\d{12}$/.test(address))).toEqual([]);
});
