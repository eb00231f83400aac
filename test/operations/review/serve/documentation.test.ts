import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";

import { reviewCommand } from "../../../../operations/review/command-line";
import { archivistOf } from "../../../../operations/review/serve/hcp-calls";
import type { Manifest } from "../../../support/manifests";

// What docs/run-task.md tells people to copy.

const page = readFileSync("docs/run-task.md", "utf8");

function block(language: string): string {
  const blocks = [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"))];
  expect(blocks).toHaveLength(1);
  return blocks[0]?.[1] ?? "";
}

const options = reviewCommand(
  async () => {},
  async () => {},
).options.flatMap(({ long }) => long ?? []);

/** The words of a command line after the program's own. */
function optionsOf(words: readonly string[]): string[] {
  expect(words.slice(0, 2)).toEqual(["scripts/run.mjs", "operations/review/main.ts"]);
  return words.flatMap((word) => /^--[a-z-]+/.exec(word) ?? []);
}

test("the table of options names what there is", () => {
  const named = [...page.matchAll(/^\| `(--[a-z-]+) <[A-Z]+>`/gm)].map(([, option = ""]) => option);

  expect(named).toHaveLength(6);
  expect(named.filter((option) => !options.includes(option))).toEqual([]);
});

describe("the systemd unit", () => {
  const unit = block("ini");
  const valuesOf = (key: string) =>
    [...unit.matchAll(new RegExp(`^${key}=(.*)$`, "gm"))].map(([, value = ""]) => value);

  test("has its settings in the sections where systemd reads them", () => {
    const lines = unit.split("\n").filter((line) => line !== "" && !line.startsWith("#"));

    expect(lines.filter((line) => !/^(?:\[(?:Unit|Service|Install)\]|[A-Z]\w+=.*)$/.test(line))).toEqual([]);
    expect(unit).toMatch(/\[Unit\].*\[Service\].*ExecStart=.*\[Install\].*WantedBy=multi-user\.target/s);
  });

  test("starts the program with options that it has, in folders that the unit makes", () => {
    const [program = "", ...words] = (valuesOf("ExecStart")[0] ?? "").split(" ");

    expect(program).toBe("/usr/bin/node");
    expect(optionsOf(words).filter((option) => !options.includes(option))).toEqual([]);
    expect(words.at(-1)).toBe(join("/var/lib", valuesOf("StateDirectory")[0] ?? ""));
    expect(valuesOf("BindPaths")).toEqual([
      `${join("/var/cache", valuesOf("CacheDirectory")[0] ?? "")}:${valuesOf("WorkingDirectory")[0]}/node_modules/.cache`,
    ]);
  });

  test("has reviews come to their end when it stops", () => {
    expect(valuesOf("KillMode")).toEqual(["mixed"]);
    expect(Number(valuesOf("TimeoutStopSec")[0])).toBeGreaterThan(26);
  });
});

describe("the manifests", () => {
  const documents = parseAllDocuments(block("yaml"));
  const manifests = documents.map((document) => document.toJS() as Manifest);
  const specOf = (kind: string) => manifests.find((manifest) => manifest.kind === kind)?.spec;
  const pod = specOf("Deployment").template;
  const [container] = pod.spec.containers;

  test("are YAML, all in one namespace", () => {
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    expect(manifests.map(({ kind, metadata }) => [kind, metadata.namespace ?? metadata.name])).toEqual(
      ["Namespace", "Deployment", "Service", "Ingress", "CiliumNetworkPolicy"].map((kind) => [kind, "plan-review"]),
    );
  });

  test("start the program with options that it has, and the key from a Secret that the page makes", () => {
    const [program, ...words] = container.command;

    expect(program).toBe("node");
    expect(optionsOf(words).filter((option) => !options.includes(option))).toEqual([]);
    expect(existsSync(words[0])).toBe(true);
    const [{ secretRef }] = container.envFrom;
    expect(page).toContain(`create secret generic ${secretRef.name} --from-literal RUN_TASK_HMAC_KEY=`);
  });

  test("mount what there is, and lead from the ingress to the port on which it listens", () => {
    const volumes = pod.spec.volumes.map(({ name }: { name: string }) => name);
    const [{ name: port, containerPort }] = container.ports;

    for (const one of [...pod.spec.initContainers, container]) {
      expect(one.volumeMounts.map(({ name }: { name: string }) => name)).toEqual(volumes);
    }
    expect(container.command).toContain(`--serve=0.0.0.0:${containerPort}`);
    expect(specOf("Service")).toMatchObject({
      selector: pod.metadata.labels,
      ports: [{ name: port, targetPort: port }],
    });
    expect(specOf("Deployment").selector.matchLabels).toEqual(pod.metadata.labels);
    const [{ host, http }] = specOf("Ingress").rules;
    expect(http.paths[0].backend.service).toEqual({ name: "plan-review", port: { name: port } });
    expect(container.command).toContain(`--public-url=https://${host}`);
    expect(specOf("CiliumNetworkPolicy")).toMatchObject({
      endpointSelector: { matchLabels: pod.metadata.labels },
      ingress: [{ toPorts: [{ ports: [{ port: String(containerPort) }] }] }],
    });
  });

  test("let the pod reach HCP Terraform, where it keeps plans, and where the source comes from, and nothing else", () => {
    const named = specOf("CiliumNetworkPolicy").egress.flatMap(({ toFQDNs = [] }) =>
      toFQDNs.map(({ matchName }: { matchName: string }) => matchName),
    );
    const [{ env }] = pod.spec.initContainers;
    const repository = env.find(({ name }: { name: string }) => name === "REPOSITORY").value;

    expect(named).toEqual([
      "app.terraform.io",
      archivistOf("app.terraform.io"),
      new URL(repository).host,
      "registry.npmjs.org",
    ]);
  });

  test("give it time to end", () => {
    expect(pod.spec.terminationGracePeriodSeconds).toBeGreaterThan(26);
  });
});
