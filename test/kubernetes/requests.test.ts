import { podsPerNode } from "../../schema/instance-types";
import { allocatable, workloads } from "../support/demo-workloads";
import type { Manifest } from "../support/manifests";
import { platform } from "../support/synth";

interface Container {
  readonly name: string;
  readonly resources?: {
    readonly limits?: Readonly<Record<string, string>>;
    readonly requests?: Readonly<Record<string, string>>;
  };
}

/** What a workload's pods are made of, whatever its kind. */
function podOf({ kind, spec }: Manifest): { containers: Container[]; initContainers?: Container[] } {
  return (kind === "CronJob" ? spec.jobTemplate.spec : spec).template.spec;
}

test("every container of the platform says what it needs", async () => {
  const silent = (await workloads()).flatMap((workload) =>
    podOf(workload)
      .containers.filter(({ resources }) => !resources?.requests?.cpu || !resources.requests.memory)
      .map(({ name }) => `${name} of ${workload.metadata.name}`),
  );

  expect(silent).toEqual([]);
});

test("neither agent nor Envoy is killed for its memory: each takes its node's network along", async () => {
  const daemons = (await workloads()).filter(({ kind }) => kind === "DaemonSet");
  const limited = daemons.flatMap((daemon) => podOf(daemon).containers).filter(({ resources }) => resources?.limits);

  expect(daemons.map(({ metadata }) => metadata.name).sort()).toEqual(["cilium", "cilium-envoy"]);
  expect(limited).toEqual([]);
});

const units: Record<string, number> = { "": 1000, m: 1, Mi: 1, Gi: 1024 };

/** Reads a quantity in thousandths of a CPU, or in MiB. */
function amount(quantity = "0"): number {
  const [, digits, unit = ""] = /^(\d+)(\w*)$/.exec(quantity) ?? [];
  return Number(digits) * (units[unit] ?? Number.NaN);
}

type Resource = "cpu" | "memory";

/** Returns what the scheduler reserves for a pod: what its containers ask together, or one of those that run before them. */
function requestOf(workload: Manifest, resource: Resource): number {
  const { containers, initContainers = [] } = podOf(workload);
  const asked = (container: Container) => amount(container.resources?.requests?.[resource]);
  return Math.max(
    containers.reduce((sum, container) => sum + asked(container), 0),
    ...initContainers.map(asked),
  );
}

test("two nodes hold the demo, wherever the scheduler puts what runs once", async () => {
  const { instance_types: types, scaling_config: size } =
    platform().bootstrap.resource.aws_eks_node_group?.system ?? {};
  const all = await workloads();
  const replicas = all.filter(({ kind }) => kind === "Deployment").map(({ spec }) => spec.replicas);

  expect([types, size.min_size]).toEqual([["t4g.medium"], 2]);
  // One of a pair runs on each node, as their rules of affinity and spread want it. For the worst, all that runs once is on the same.
  expect(replicas.filter((count) => count !== 1 && count !== 2)).toEqual([]);
  expect(all.length).toBeLessThanOrEqual(podsPerNode);
  for (const resource of ["cpu", "memory"] as const) {
    const asked = all.reduce((sum, workload) => sum + requestOf(workload, resource), 0);
    expect({ resource, asked, fits: asked <= allocatable[resource] }).toEqual({ resource, asked, fits: true });
  }
});
