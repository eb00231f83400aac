import { oneOf, pattern, strictObject, textThat } from "./rule";

/** Patterns that `git check-ref-format` refuses in a branch, and GitHub besides (a name that reads as a commit). */
const refusedInBranches = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Git refuses just these
  /[\x00-\x20\x7f~^:?*[\\]/,
  /^[-/]|\/$|\/\/|\.\.|@\{|\.$|^@$/,
  /(?:^|\/)\.|\.lock(?:\/|$)/,
  /^(?:HEAD|refs\/(?!heads\/.).*|[0-9a-fA-F]{40})$/,
  // Git would take these: Terraform and the kubelet put something else in their place.
  /[$%]\{|\$[$(]/,
];

/** GitHub takes 255 bytes, `refs/heads/` among them. */
const mostBytes = 244;

export const repository = strictObject(
  {
    /** GitHub organization or user. */
    owner: pattern(
      "must be a GitHub organization or user: up to 39 letters, digits and single dashes within",
      /^(?=.{1,39}$)[a-z\d]+(?:-[a-z\d]+)*(?:_[a-z\d]+)?$/i,
    ),
    /** Name of the repository, without the owner. */
    name: textThat(
      "must be the name of a GitHub repository: up to 100 letters, digits, '-', '_' and '.', without the owner and without '.git'",
      (name) => /^[\w.-]{1,100}$/.test(name) && !/^\.{1,2}$|\.git$|\.wiki$/i.test(name),
    ),
    /**
     * Branch that Flux follows and Terraform commits to.
     * @default "main"
     */
    branch: textThat(
      "must be a branch name that Git and GitHub take, such as 'main' (see git check-ref-format)",
      (name) =>
        name !== "" && Buffer.byteLength(name) <= mostBytes && !refusedInBranches.some((refused) => refused.test(name)),
    )
      .refine((name) => !/^refs\/heads\/./.test(name), {
        error: ({ input }) =>
          `is the ref of a branch; leave 'refs/heads/' out: '${String(input).slice("refs/heads/".length)}'`,
      })
      .default("main"),
    /**
     * Whether the repository is there, with the branch and a first commit on it (`existing`), or made by the bootstrap stack
     * (`create`). One that was made is archived, not deleted, on destroy; its name stays taken.
     * @default "existing"
     */
    mode: oneOf(["existing", "create"]).default("existing"),
    /**
     * How Flux reads it: with a read-only deploy key whose private half stands in the bootstrap stack's state, or without
     * credentials, as only a `public` repository can be read.
     * @default "deploy-key"
     */
    access: oneOf(["deploy-key", "public"]).default("deploy-key"),
  },
  "must name a GitHub repository: { owner: 'acme', name: 'clusters' }",
);
