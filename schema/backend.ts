import * as z from "zod";

import { agentPool, notificationUrl, runTask, vcs } from "./hcp";
import { keyReference } from "./kms-key";
import { regionName } from "./region";
import { oneOf, pattern, strictObject, textThat, withSuggestion } from "./rule";

const bucketRule =
  "must be the name of an S3 bucket: 3 to 63 lower-case letters, digits, dashes and dots (S3 user guide, bucket naming rules)";

/** What S3 keeps for itself in names (S3 user guide, as above). */
const keptBeginnings = ["xn--", "sthree-", "amzn-s3-demo-"];
const keptEnds = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

/** Returns which of S3's rules a name of a bucket breaks. */
function bucketProblem(name: string): string | undefined {
  const [, bare] = /^(?:s3:\/\/|arn:[\w-]+:s3:::)([a-z\d.-]+)/.exec(name) ?? [];
  if (bare !== undefined) {
    return `must be the name alone; write '${bare}'`;
  }
  if (name.length < 3 || name.length > 63 || !/^[a-z\d.-]+$/.test(name)) {
    return bucketRule;
  }
  if (!/^[a-z\d].*[a-z\d]$/.test(name)) {
    return "must begin and end with a letter or digit, as S3 wants it of buckets; take another";
  }
  if (name.includes("..")) {
    return "has two dots in a row, which S3 takes in no bucket's name; take another";
  }
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) {
    return "reads as an IP address, which S3 takes for no bucket's name; take another";
  }
  const beginning = keptBeginnings.find((text) => name.startsWith(text));
  const end = keptEnds.find((text) => name.endsWith(text));
  const kept = beginning ? `begins with '${beginning}'` : end && `ends with '${end}'`;
  return kept && `${kept}, which S3 keeps for other things than buckets like this; take another`;
}

const hostnameRule =
  "must be a host name such as 'app.eu.terraform.io', with a port if it is not 443 ('terraform.example.com:8443'), without https:// and path";

/** Returns whether a text is the name of a host, or one with a port, without leading zeros as URLs write it. */
function isHost(text: string): boolean {
  const [, name = "", port = "443"] = /^([^:]*)(?::([1-9]\d{0,4}))?$/.exec(text) ?? [];
  return z.hostname().safeParse(name).success && /\.[^.]+$/.test(name) && Number(port) <= 65_535;
}

const rule = "must be { type: 'local' }, { type: 's3', bucket: '…' } or { type: 'cloud', organization: '…' }";

const local = strictObject(
  {
    /** State in `state/<stack>.tfstate` beside `cdktf.out`: for trying things out by one person. */
    type: z.literal("local"),
  },
  rule,
);

const s3 = strictObject(
  {
    /** State in an S3 bucket, encrypted, locked by a file beside it. */
    type: z.literal("s3"),
    /** Bucket, which must be there; with versioning, please. */
    bucket: z.string(bucketRule).superRefine((name, context) => {
      const message = bucketProblem(name);
      if (message) {
        context.addIssue({ code: "custom", message });
      }
    }),
    /**
     * Region of the bucket.
     * @default - the cluster's region
     */
    region: regionName.optional(),
    /**
     * What the names of the states begin with, where projects share a bucket: `<prefix>/<cluster>/network.tfstate`.
     * @default - nothing: `<cluster>/network.tfstate`
     */
    prefix: textThat(
      "must be words of letters, digits, '-', '_' and '.', parted by '/', 512 characters at most, such as 'platform/eu', without '/' at its ends",
      (text) => text.length <= 512 && /^[\w.-]+(?:\/[\w.-]+)*$/.test(text) && !/(?:^|\/)\.{1,2}(?:\/|$)/.test(text),
    ).optional(),
    /**
     * KMS key that encrypts the states, by its ARN, id or alias.
     * @default - the bucket's encryption by default
     */
    kmsKeyId: keyReference.optional(),
    /**
     * ARN of the IAM role that reads and writes the states, which may be of another account.
     * @default - `deployRole`, or whoever applies
     */
    roleArn: pattern(
      "must be the ARN of an IAM role, such as 'arn:aws:iam::111122223333:role/terraform-state' (its path belongs to it)",
      /^arn:(?:aws|aws-cn|aws-us-gov):iam::\d{12}:role\/(?:[\x21-\x7e]{1,510}\/)?[\w+=,.@-]{1,64}$/,
    ).optional(),
  },
  rule,
);

const cloud = strictObject(
  {
    /** HCP Terraform or Terraform Enterprise, one workspace a stack, named like the stack, and a stack that makes these. */
    type: z.literal("cloud"),
    /** Organization in HCP Terraform. */
    organization: pattern("must be an organization: 3 to 40 letters, digits, '-' and '_'", /^[\w-]{3,40}$/),
    /**
     * Project of the workspaces.
     * @default - the organization's default project
     */
    project: pattern(
      "must be a project: 3 to 40 letters, digits, spaces, '-' and '_'",
      /^[\w-][\w -]{1,38}[\w-]$/,
    ).optional(),
    /**
     * Host, for Terraform Enterprise (with a port if it is not 443) and HCP Terraform Europe (`app.eu.terraform.io`).
     * @default - app.terraform.io
     */
    hostname: textThat(hostnameRule, isHost).optional(),
    /**
     * Whether the project is made by the stack of workspaces (`create`), or there already (`existing`).
     * @default "create"
     */
    projectMode: oneOf(["create", "existing"]).default("create"),
    /**
     * Whether the identity provider by which AWS knows the host is made in the cluster's account (`create`), or there already, as by
     * something else that runs from that host (`existing`): an account has one for each host.
     * @default "create"
     */
    identityProvider: oneOf(["create", "existing"]).default("create"),
    /**
     * Repository whose commits start runs.
     * @default - runs start from the command line
     */
    vcs: vcs.optional(),
    /**
     * Name of the agent pool, which is there, whose agents run the bootstrap stack: they reach an API that HCP Terraform does not.
     * @default - HCP Terraform's own machines
     */
    agentPool: agentPool.optional(),
    /**
     * Where HCP Terraform says that a run waits for somebody, or failed: a Slack or Microsoft Teams webhook, or any other that takes its JSON.
     * @default - it says so to nobody
     */
    notificationUrl: notificationUrl.optional(),
    /**
     * What reviews each plan: `npm run review -- --serve`.
     * @default - nothing does
     */
    runTask: runTask.optional(),
  },
  rule,
);

// One by one: to find the type of a list of them, the compiler compares all that they are.
const types = [local.shape.type.value, s3.shape.type.value, cloud.shape.type.value];

/** What a backend may be, told apart by `type`. */
export const backendKinds = [local, s3, cloud] as const;

export const backend = z.discriminatedUnion("type", backendKinds, {
  error: ({ input }) => withSuggestion(rule, (input as { type?: unknown } | null | undefined)?.type, types),
});

/** Where the state of the three stacks is kept. */
export type BackendSettings = z.output<typeof backend>;
