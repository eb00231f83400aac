import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { shortcomings } from "../../../rehearsal/life/shortcomings";
import type { ClusterSettings } from "../../../schema/settings";
import { cluster, clusterInNetwork, podSubnets, sharedNetwork } from "../../support/settings";

/** Whom the settings are about, before each sentence: `backend 's3'`. */
function subjects(changes: Partial<ClusterSettings>, given: NodeJS.ProcessEnv = {}): string[] {
  return shortcomings(cluster(changes), given).map((line) => line.split(":")[0] ?? "");
}

test("of the demo, only what is in the repository is not seen", () => {
  expect(subjects({})).toEqual(["repository"]);
  expect(shortcomings(cluster(), {})[0]).toContain("acme/demo-k8s-cilium-flux; files that main has already");
});

test.each<[string, Partial<ClusterSettings>, RegExp]>([
  [
    "a bucket",
    { backend: { type: "s3", bucket: "acme-state" } },
    /^backend 's3': .* the bucket acme-state is not asked$/,
  ],
  [
    "a role for the bucket",
    { backend: { type: "s3", bucket: "acme-state", roleArn: "arn:aws:iam::444455556666:role/state" } },
    /the bucket acme-state, as arn:aws:iam::444455556666:role\/state, is not asked$/,
  ],
  [
    "a key that is there",
    {
      controlPlane: {
        secretsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/0ea3c8c1-6d1f-4b0e-9f57-2a5d1c6b7e80",
      },
    },
    /^controlPlane\.secretsKeyArn: a key stands in for arn:aws:kms:.* is not seen$/,
  ],
  ["HCP Terraform", { backend: { type: "cloud", organization: "acme" } }, /^backend 'cloud': .* Terraform runs here/],
  ["a private API", { apiAccess: [] }, /^apiAccess: .* loopback/],
  ["a block for pods", { podCidr: "100.64.0.0/16" }, /^podCidr: .* way back to 100\.64\.0\.0\/16, .* is not seen$/],
  ["a load balancer", { ingress: "nlb" }, /^ingress 'nlb': .* nobody makes its load balancer$/],
  ["a repository that is made", { repository: { owner: "acme", name: "new", mode: "create" } }, /acme\/new is free/],
  [
    "a role that deploys",
    { deployRole: "arn:aws:iam::111122223333:role/deployer" },
    /^deployRole: arn:aws:iam::111122223333:role\/deployer is there, lets you in .* is not seen$/,
  ],
  [
    "an admin of another account",
    { admins: ["arn:aws:iam::111122223333:role/a", "arn:aws:iam::444455556666:role/b"] },
    /^admins: the world has the account 111122223333 .* there is arn:aws:iam::444455556666:role\/b is not seen$/,
  ],
  [
    "a reader of another account",
    { access: [{ principal: "arn:aws:iam::444455556666:role/b", policy: "verify" }] },
    /^access: the world has the account 111122223333 .* there is arn:aws:iam::444455556666:role\/b is not seen$/,
  ],
  [
    "what readers may do",
    { access: [{ principal: "arn:aws:iam::111122223333:role/b", policy: "view" }] },
    /^access: what EKS's policies let do is not seen: in a world, 'view' may do nothing$/,
  ],
  [
    "a permissions boundary",
    { iam: { permissionsBoundary: "arn:aws:iam::111122223333:policy/boundary" } },
    /^iam\.permissionsBoundary: whether arn:aws:iam::111122223333:policy\/boundary is there, and lets roles/,
  ],
])("%s is said", (_, changes, sentence) => {
  expect(shortcomings(cluster(changes), {})).toContainEqual(expect.stringMatching(sentence));
});

test("of a network that is there it is said that another stands in, and of its subnets for pods what no packet shows", () => {
  const said = shortcomings(clusterInNetwork({ network: { ...sharedNetwork, podSubnets } }), {});

  expect(said).toContainEqual(expect.stringMatching(/^network: .* stands in for vpc-/));
  expect(said).toContainEqual(expect.stringMatching(/^network\.podSubnets: .* way back to the pods' addresses, /));
});

test("'exec' is said to lack the AWS CLI where that is not on PATH, and there alone", () => {
  const folder = mkdtempSync(join(tmpdir(), "path-"));
  const exec = { clusterAuth: "exec" } as const;
  try {
    expect(subjects(exec, { PATH: folder })).toContain("clusterAuth 'exec'");
    writeFileSync(join(folder, "aws"), "", { mode: 0o755 });

    expect(subjects(exec, { PATH: `/nowhere:${folder}` })).toEqual(subjects({}));
    expect(subjects({ clusterAuth: "token" }, {})).toEqual(subjects({}));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
