import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { countWords } from "../../../operations/review/formats/verdict-wording";
import { review } from "../../../operations/review/review";
import { readPlan } from "../../../operations/terraform/plan/read";

// What Terraform planned in a rehearsal of the demo: fixtures.ts makes them anew.

const folder = join(__dirname, "fixtures");
const plans = readdirSync(folder).map((file) => file.replace(".json", ""));

/** What the plans of one change after the other come to. */
const found: Readonly<
  Record<string, readonly [counts: string, findings: readonly string[], drift: readonly string[]]>
> = {
  "bootstrap-a-limit-of-karpenter-s": ["1 to change", [], []],
  "bootstrap-a-zone-appended": ["1 to replace", ["node-group-replaced"], []],
  "bootstrap-again": ["2 to change", ["nodes-rolled"], []],
  "bootstrap-cilium-s-values-a-load-balancer-for-its-ingress": [
    "1 to change",
    ["allowed now: connections through a load balancer on ingressController.service"],
    [],
  ],
  "bootstrap-flux-s-version": ["1 to change", [], []],
  "bootstrap-instance-type": ["1 to replace", ["instance-type-changed", "node-group-replaced"], []],
  "bootstrap-node-group-size": ["1 to change", [], []],
  "cluster-again": ["nothing to do", [], []],
  "cluster-an-admin-added": [
    "2 to add",
    [
      "allowed now: all of AmazonEKSClusterAdminPolicy on demo-k8s-cilium for arn:aws:iam::111122223333:user/ops",
      "allowed now: sign-in on demo-k8s-cilium for arn:aws:iam::111122223333:user/ops",
    ],
    [],
  ],
  "cluster-an-api-network-added": ["1 to change", ["198.51.100.0/24 may reach the cluster's API"], []],
  "cluster-log-retention": ["1 to change", [], []],
  "network-a-zone-appended": ["9 to add, 2 to change, 1 output", [], []],
  "network-again": ["nothing to do", [], []],
  "network-an-endpoint-added": ["3 to add", ["10.200.0.0/16 may reach tcp 443"], []],
};

function reviewed(plan: string) {
  const read = readPlan(plan, readFileSync(join(folder, `${plan}.json`), "utf8"));
  return review([read], [], { silences: [], today: "2026-01-01" });
}

test.each(Object.entries(found))(
  "of %s a reviewer learns what it does, and what of it matters",
  (plan, [counts, findings, drifted]) => {
    const { stacks, dangers, access, drift } = reviewed(plan);
    const wider = access.filter(({ direction }) => direction === "wider");

    expect(stacks.map(countWords)).toEqual([counts]);
    expect([...dangers.map(({ rule }) => rule), ...wider.map(({ what }) => what)]).toEqual(findings);
    expect(drift.map(({ address }) => address)).toEqual(drifted);
  },
);

test.each(plans.filter((plan) => plan.endsWith("-create")))(
  "in %s nothing is lost, nothing drifts and nothing is noise",
  (plan) => {
    expect(reviewed(plan)).toMatchObject({ dangers: [], drift: [], noise: [] });
  },
);

test("every plan of the rehearsal is looked at", () => {
  expect([...Object.keys(found), ...plans.filter((plan) => plan.endsWith("-create"))].sort()).toEqual(plans);
});
