import {
  AssociateAccessPolicyCommand,
  DeleteAccessEntryCommand,
  DisassociateAccessPolicyCommand,
  UpdateAccessEntryCommand,
} from "@aws-sdk/client-eks";
import {
  DeleteRolePermissionsBoundaryCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
} from "@aws-sdk/client-iam";

import { connect } from "../../operations/connection";
import { checks } from "../../operations/verify/checks/all";
import { verification } from "../../operations/verify/verification";
import { demoWith } from "../../rehearsal/life/demo-settings";
import { writeSettings } from "../../rehearsal/terraform/project-copy";
import type { ClusterSettings } from "../../schema/settings";
import { type Break, done } from "./breaking";
import { clusterName, eks } from "./broken/state";
import { type Run, runProgram } from "./project";
import { asRole } from "./reader";
import { startPlatform, type World } from "./world";

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const [verifier, viewer, developers] = [role("ci/verify"), role("viewer"), role("teams/developers")];
const boundary = "arn:aws:iam::111122223333:policy/boundaries/platform";

const changes: Partial<ClusterSettings> = {
  access: [
    { principal: verifier, policy: "verify", groups: ["auditors"] },
    { principal: viewer, policy: "view" },
    { principal: developers, policy: "edit", namespaces: ["shop", "shop-*"] },
  ],
  iam: { permissionsBoundary: boundary, path: "/platform/", namePrefix: "acme-" },
  flowLogs: true,
};

let world: World;

beforeAll(async () => {
  world = await startPlatform(changes);
  await runProgram(world.project, { program: "operations/verify/main.ts", words: [clusterName, "--wait", "2m"] });
}, 900_000);

afterAll(() => world?.end());

/** What verify says of all that does not hold. */
async function complaints(): Promise<string[]> {
  const { checks: results } = await verification(
    connect(world.settings, () => {}),
    checks,
  );
  return results
    .filter(({ state }) => state !== "holds")
    .map(({ state, title, found, next }) => `${state} ${title}: ${found}; next: ${next}`);
}

function verify(): Promise<Run> {
  return runProgram(world.project, { program: "operations/verify/main.ts", words: [clusterName] });
}

/** Runs verify as a program, with the credentials of a role. */
async function verifyAs(principal: string): Promise<Run> {
  const acting = await asRole(principal, world.settings.region);
  return acting(verify);
}

test("all holds where roles have a boundary, a path and a prefix, and readers their entries", async () => {
  const { code, output } = await verify();

  expect({ code, output: output.match(/^(?!holds)\S.* {3}.*$/gm) ?? [] }).toEqual({ code: 0, output: [] });
  expect(output).toMatch(/^holds +access entries +1 of admins, 3 of access, 2 of nodes$/m);
  expect(output).toMatch(/^holds +access of others +there are none$/m);
  expect(output).toMatch(/^holds +rights of roles in AWS +6 roles have theirs$/m);
});

test("whoever has the access verify may ask for all but Secrets, and changes nothing", async () => {
  const { code, output } = await verifyAs(verifier);

  expect({ code, others: output.match(/^(?!holds)\S.* {3}.*$/gm) }).toEqual({
    code: 0,
    others: [
      expect.stringMatching(/^not asked +Cilium's release +you may not list Secrets/),
      expect.stringMatching(/^not asked +Hubble's certificates +you may not list Secrets/),
    ],
  });
  const asked = world
    .audited()
    .filter(({ user }) => user.username === "arn:aws:sts::111122223333:assumed-role/verify/verify");
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter(({ verb }) => !["get", "list"].includes(verb))).toEqual([]);
});

test("whoever has the access view is let in, and may not ask for what verify needs", async () => {
  const { code, output } = await verifyAs(viewer);

  expect(code).toBe(1);
  expect(output).toMatch(/^could not ask +nodes +the cluster does not let you list nodes \(403\)$/m);
});

const entry = (principalArn: string) => ({ clusterName, principalArn });
const policyArn = (name: string) => `arn:aws:eks::aws:cluster-access-policy/${name}`;

const associated = (principalArn: string, name: string, namespaces?: string[]) =>
  eks().send(
    new AssociateAccessPolicyCommand({
      ...entry(principalArn),
      policyArn: policyArn(name),
      accessScope: namespaces ? { type: "namespace", namespaces } : { type: "cluster" },
    }),
  );

const disassociated = (principalArn: string, name: string) =>
  eks().send(new DisassociateAccessPolicyCommand({ ...entry(principalArn), policyArn: policyArn(name) }));

const inGroups = (principalArn: string, ...kubernetesGroups: string[]) =>
  eks().send(new UpdateAccessEntryCommand({ ...entry(principalArn), kubernetesGroups }));

const iam = () => new IAMClient({ region: world.settings.region });
const withBoundary = (RoleName: string, PermissionsBoundary: string) =>
  iam().send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }));

const broken: readonly [what: string, state: Break, line: RegExp][] = [
  [
    "a reader's policy is gone",
    done(
      () => disassociated(viewer, "AmazonEKSViewPolicy"),
      () => associated(viewer, "AmazonEKSViewPolicy"),
    ),
    /^broken access entries: \S+role\/viewer lacks AmazonEKSViewPolicy in the whole cluster; next: npm run review/,
  ],
  [
    "a policy reaches further than its namespaces",
    done(
      () => associated(developers, "AmazonEKSEditPolicy"),
      () => associated(developers, "AmazonEKSEditPolicy", ["shop", "shop-*"]),
    ),
    /^broken access entries: \S+developers has AmazonEKSEditPolicy in the whole cluster, and settings\.ts says in namespaces shop, shop-\*;/,
  ],
  [
    "a reader became administrator by hand",
    done(
      () => associated(viewer, "AmazonEKSClusterAdminPolicy"),
      () => disassociated(viewer, "AmazonEKSClusterAdminPolicy"),
    ),
    /^broken access of others: \S+viewer has AmazonEKSClusterAdminPolicy in the whole cluster, and settings\.ts does not say so; next: aws eks disassociate-access-policy .* --policy-arn arn:aws:eks::aws:cluster-access-policy\/AmazonEKSClusterAdminPolicy$/,
  ],
  [
    "who verifies is in another group",
    done(
      () => inGroups(verifier, "auditors", "operators"),
      () => inGroups(verifier, "auditors", "platform-verifier"),
    ),
    /^broken access entries: \S+verify is in groups auditors, operators, and settings\.ts says in groups auditors, platform-verifier;/,
  ],
  [
    "a role lost its boundary",
    done(
      () => iam().send(new DeleteRolePermissionsBoundaryCommand({ RoleName: "acme-demo-k8s-cilium-karpenter" })),
      () => withBoundary("acme-demo-k8s-cilium-karpenter", boundary),
    ),
    /^broken rights of roles in AWS: acme-demo-k8s-cilium-karpenter has no permissions boundary, and settings\.ts names arn:aws:iam::111122223333:policy\/boundaries\/platform;/,
  ],
  [
    "the role of flow logs has another boundary",
    done(
      () => withBoundary("acme-demo-k8s-cilium-flow-logs", "arn:aws:iam::aws:policy/PowerUserAccess"),
      () => withBoundary("acme-demo-k8s-cilium-flow-logs", boundary),
    ),
    /^broken rights of roles in AWS: acme-demo-k8s-cilium-flow-logs has the permissions boundary arn:aws:iam::aws:policy\/PowerUserAccess, and/,
  ],
];

test.each(broken)("%s: that is said, and nothing else", async (_, state, line) => {
  expect(await state(complaints)).toEqual([expect.stringMatching(line)]);
});

/** Reviews the cluster stack as it would be with other settings of IAM. */
async function reviewed(iamSettings: ClusterSettings["iam"]): Promise<Run> {
  const settings = demoWith(changes);
  writeSettings(world.project, demoWith({ ...changes, iam: iamSettings }));
  try {
    return await runProgram(world.project, {
      program: "operations/review/main.ts",
      words: [clusterName, "--stack", "cluster"],
    });
  } finally {
    writeSettings(world.project, settings);
  }
}

test("another path replaces the cluster, and the plan's review says so first", async () => {
  const { code, output } = await reviewed({ ...changes.iam, path: "/other/" });

  expect(code).toBe(2);
  expect(output).toMatch(/^\S+ .* the EKS cluster is replaced: aws_eks_cluster\.cluster$/m);
  expect(output).toMatch(/^ *!! aws_iam_role\.karpenter_nodes \S+ role-gone$/m);
});

test("a boundary that is taken away changes roles in place, and its review says so as a danger", async () => {
  const { code, output } = await reviewed({ path: "/platform/", namePrefix: "acme-" });

  expect(code).toBe(2);
  expect(output).toMatch(/5 to change/);
  expect(output.replaceAll(/\s+/g, " ")).toContain(`!! denied no longer: all that the boundary ${boundary} leaves out`);
});

test("an entry that is gone is said", async () => {
  await eks().send(new DeleteAccessEntryCommand(entry(viewer)));

  expect(await complaints()).toEqual([expect.stringMatching(/^broken access entries: \S+role\/viewer has none;/)]);
});
