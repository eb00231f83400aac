import type * as z from "zod";

import { oneOf, pattern, strictObject, textThat } from "./rule";

/** Returns whether a text is an address that others can send to without it being read on the way. */
function isHttps(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === "https:" && url.username === "" && url.password === "" && url.hash === "";
}

/** The repository whose commits start runs. */
export const vcs = strictObject(
  {
    /** Repository on GitHub with this project and its committed `cdktf.out`, as `owner/name`. */
    repository: pattern(
      "must be a repository on GitHub as 'owner/name', such as 'acme/platform'",
      /^[a-z\d](?:[\w-]{0,38})\/[\w.-]{1,100}$/i,
    ),
    /**
     * Branch whose commits are planned, to be applied.
     * @default "main"
     */
    branch: textThat(
      "must be a branch name that Git takes, such as 'main'",
      (name) => /^(?!-)[^\s~^:?*[\]\\\p{Cc}]{1,244}$/u.test(name) && !name.startsWith("refs/"),
    ).default("main"),
    /**
     * Id of the GitHub App's installation in HCP Terraform (`ghain-…`).
     * @default - the one of the repository's owner
     */
    githubAppInstallation: pattern(
      "must be the id that HCP Terraform gives an installation of its GitHub App, such as 'ghain-ymtVLLHQNuCkWyxr'",
      /^ghain-[A-Za-z\d]{16}$/,
    ).optional(),
    /**
     * Whether everybody may read the repository. Pull requests of a `public` one are not planned: a plan runs what it is given, with
     * credentials.
     * @default "private"
     */
    visibility: oneOf(["private", "public"]).default("private"),
  },
  "must name a repository: { repository: 'acme/platform' }",
);

/** Names that no variable of Terraform may have (Terraform, "Declaring an Input Variable"). */
const reservedVariables = ["source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"];

/** What judges each plan before it can be applied. */
export const runTask = strictObject(
  {
    /** Address of `npm run review -- --serve` as HCP Terraform reaches it. */
    url: textThat("must be an https:// address, without a user", isHttps),
    /**
     * Name of the Terraform variable, of the stack of workspaces, that holds the key with which HCP Terraform signs what it asks:
     * TF_VAR_<name> when that is applied.
     * @default "review_key"
     */
    keyVariable: pattern(
      "must be the name of a Terraform variable: a lower-case letter, then up to 63 lower-case letters, digits and '_'",
      /^[a-z][a-z\d_]{0,63}$/,
    )
      .refine(
        (name) => !reservedVariables.includes(name),
        "is a word that Terraform keeps for itself among names of variables; take another",
      )
      .default("review_key"),
    /**
     * Whether a plan that it does not pass can be applied nevertheless.
     * @default "advisory"
     */
    enforcement: oneOf(["advisory", "mandatory"]).default("advisory"),
  },
  "must name where the review is served: { url: 'https://review.example.com' }",
);

/** An agent pool's name, or another that HCP Terraform takes. */
export const agentPool = pattern(
  "must be the name of an agent pool: up to 90 letters, digits, spaces, '-' and '_'",
  /^[\w-](?:[\w -]{0,88}[\w-])?$/,
);

export const notificationUrl = textThat("must be an https:// address, without a user", isHttps);

export type VcsSettings = z.output<typeof vcs>;

/** Returns the owner of the repository whose commits start runs. */
export function ownerOf({ repository }: Pick<VcsSettings, "repository">): string | undefined {
  return repository.split("/")[0];
}

export type RunTaskSettings = z.output<typeof runTask>;
