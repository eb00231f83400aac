import * as z from "zod";

import { agentPool, notificationUrl, runTask, vcs } from "./hcp";
import { regionName } from "./region";
import { oneOf, pattern, strictObject, textThat, withSuggestion } from "./rule";

/** Returns whether S3 takes a name (S3 user guide, "General purpose buckets naming rules"). */
function isBucketName(name: string): boolean {
  return (
    /^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/.test(name) &&
    !name.includes("..") &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !/^(?:xn--|sthree-|amzn-s3-demo-)/.test(name) &&
    !/(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name)
  );
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
    bucket: textThat(
      "must be the name of an S3 bucket: 3 to 63 lower-case letters, digits, dashes and dots (S3 user guide, bucket naming rules)",
      isBucketName,
    ),
    /**
     * Region of the bucket.
     * @default - the cluster's region
     */
    region: regionName.optional(),
  },
  rule,
);

const cloud = strictObject(
  {
    /** HCP Terraform or Terraform Enterprise, one workspace a stack, named like the stack. */
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
     * Host, for Terraform Enterprise and HCP Terraform Europe (`app.eu.terraform.io`).
     * @default - app.terraform.io
     */
    hostname: textThat(
      "must be a host name such as 'app.eu.terraform.io', without https:// and path",
      (name) => z.hostname().safeParse(name).success && /\.[^.]+$/.test(name),
    ).optional(),
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

export const backend = z.discriminatedUnion("type", [local, s3, cloud], {
  error: ({ input }) => withSuggestion(rule, (input as { type?: unknown } | null | undefined)?.type, types),
});

/** Where the state of the three stacks is kept. */
export type BackendSettings = z.output<typeof backend>;
