import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { clusters } from "../../settings";

const names = clusters.map((cluster) => cluster.name).join(", ");
const [{ name = "" } = {}] = clusters;
/** Never used for anything: the endpoints are a port on which nobody listens. */
const environment = {
  PATH: process.env["PATH"],
  HOME: "/nonexistent",
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  AWS_SESSION_TOKEN: "a-session-token",
  GITHUB_TOKEN: "a-github-token",
  AWS_ENDPOINT_URL: "http://127.0.0.1:1",
  GITHUB_BASE_URL: "http://127.0.0.1:1/",
};

interface Started {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

async function started(
  program: string,
  words: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Started> {
  const child = spawn(process.execPath, ["scripts/run.mjs", `operations/${program}/main.ts`, ...words], {
    env: { ...environment, ...more },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { output: "", errors: "" };
  child.stdout.on("data", (text) => {
    said.output += text;
  });
  child.stderr.on("data", (text) => {
    said.errors += text;
  });
  const [code] = await once(child, "close");
  return { code, ...said };
}

const ofClusters = ["verify", "upgrade", "hubble", "repair", "teardown"];
const programs = ["review", ...ofClusters, "workspaces"];

describe.each(programs)("%s", (program) => {
  test("says its version, and what it is for", async () => {
    expect(await started(program, ["--version"])).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^\d+\.\d+\.\d+( \(\S+\))?\n$/),
      errors: "",
    });
    const { code, output } = await started(program, ["--help"]);
    expect({ code, options: ["--debug", "--version", "--help"].filter((option) => !output.includes(option)) }).toEqual({
      code: 0,
      options: [],
    });
  });

  test("takes no option that it does not know, and says which was meant", async () => {
    const { code, errors } = await started(program, ["--debgu"]);

    expect(code).toBe(1);
    expect(errors).toBe(
      `error: unknown option '--debgu'\n  (Did you mean --debug?)\n  next: npm run ${program} -- --help\n`,
    );
  });
});

test.each(["review", ...ofClusters])("%s says which clusters there are, where the name is wrong", async (program) => {
  const { code, output, errors } = await started(program, [`${name}x`]);

  expect({ code, output }).toEqual({ code: 1, output: "" });
  expect(errors).toBe(
    `error: settings.ts has no cluster '${name}x'; it has ${names}; did you mean '${name}'?\n  next: npm run ${program} -- ${name}\n`,
  );
});

test("workspaces init has nothing to do where no cluster's state is in HCP Terraform", async () => {
  expect(await started("workspaces", ["init"])).toEqual({
    code: 1,
    output: "",
    errors:
      "error: settings.ts has no cluster whose state is in HCP Terraform\n  next: give one backend: { type: 'cloud', organization: '…' } (docs/terraform-cloud.md)\n",
  });
});

test.each(ofClusters)(
  "%s never takes a cluster that nobody typed, and names the one that there is",
  async (program) => {
    expect(await started(program, [])).toEqual({
      code: 1,
      output: "",
      errors: `error: name a cluster: settings.ts has ${names}\n  next: npm run ${program} -- ${name}\n`,
    });
  },
);

test("teardown of a cluster that settings.ts does not name says to put it back, and names no other to take down", async () => {
  const { code, output, errors } = await started("teardown", ["long-gone"]);

  expect({ code, output }).toEqual({ code: 1, output: "" });
  expect(errors).toMatch(
    /^error: settings.ts has no cluster 'long-gone'; it has .*\n {2}next: if long-gone was taken out of settings.ts, put it back /,
  );
});

test("teardown takes no cluster that was synthesized here for a misspelt one", async () => {
  const folder = mkdtempSync(join(tmpdir(), "programs-"));
  mkdirSync(join(folder, "stacks", `${name}x-network`), { recursive: true });
  const { errors } = await started("teardown", [`${name}x`], { CDKTF_OUTDIR: folder });
  rmSync(folder, { recursive: true });

  expect(errors).toContain(`next: if ${name}x was taken out of settings.ts, put it back `);
});

test.each(["repair", "teardown"])(
  "%s refuses a name that is not the cluster's before it looks for anything",
  async (program) => {
    const nowhere = { TERRAFORM_BINARY_NAME: "no-such-terraform" };

    expect(await started(program, [name, "--yes", "wrong"], nowhere)).toEqual({
      code: 1,
      output: "",
      errors: `error: 'wrong' is not '${name}': nothing was changed\n  next: --yes ${name} says that this shall be done\n`,
    });
  },
);

test.each(["review", "repair", "teardown"])("%s starts nothing without a Terraform that will do", async (program) => {
  const { code, errors } = await started(program, [name], { TERRAFORM_BINARY_NAME: "no-such-terraform" });

  expect(code).toBe(1);
  expect(errors).toMatch(
    /^error: Terraform \S+ \(or OpenTofu \S+\) or later is needed, and 'no-such-terraform' is not found on PATH\n {2}next: install it, /,
  );
});

test("--debug tells each call with how long it took, and none of the credentials that it was made with", async () => {
  const { code, output, errors } = await started("verify", [name, "--debug"]);

  expect(code).toBe(1);
  expect(output).toContain("could not ask");
  expect(errors).toMatch(/^debug: sts:GetCallerIdentity: .*, \d+ ms$|^debug: eks:DescribeCluster: .*, \d+ ms$/m);
  expect(errors).toMatch(/^debug: GET repos\/.* of GitHub: .*, \d+ ms$/m);
  const secrets = [environment.AWS_SECRET_ACCESS_KEY, environment.AWS_SESSION_TOKEN, environment.GITHUB_TOKEN];
  expect(secrets.filter((secret) => (output + errors).includes(secret))).toEqual([]);
});

test("verify's JSON says of which cluster it is, and with which versions it was made", async () => {
  const { output } = await started("verify", [name, "--format", "json"]);
  const { checks, time, version, ...rest } = JSON.parse(output);

  expect(rest).toEqual({
    cluster: name,
    region: "eu-central-1",
    release: expect.any(String),
    // EKS says it, and does not answer.
    account: null,
    versions: expect.objectContaining({ kubernetes: expect.stringMatching(/^1\.\d+$/) }),
  });
  expect(Date.now() - new Date(time).getTime()).toBeLessThan(60_000);
  expect(version).toMatch(/^\d+\.\d+\.\d+/);
  expect(checks[0]).toMatchObject({ id: "control-plane", title: "control plane", state: "could not ask" });
});

test("without credentials, verify says so once, in place of each check", async () => {
  const nobody = { AWS_ACCESS_KEY_ID: "", AWS_EC2_METADATA_DISABLED: "true" };
  for (const words of [[name], [name, "--wait", "10m"], [name, "--format", "json"]]) {
    const { code, output, errors } = await started("verify", words, nobody);

    expect({ code, output }).toEqual({ code: 1, output: "" });
    expect(errors).toMatch(/^error: no AWS credentials were found: .*\n {2}next: .*\n$/);
  }
});

test("verify says when the time of --wait ran out", async () => {
  const { code, output, errors } = await started("verify", [name, "--wait", "1s"]);

  expect(code).toBe(1);
  expect(output).toContain("could not ask");
  expect(errors).toMatch(/\n\d\d:\d\d:\d\d the 1s of --wait ran out, and not all hold\n$/);
});

test("a reader that has seen enough changes nothing about how verify ends", async () => {
  const child = spawn(process.execPath, ["scripts/run.mjs", "operations/verify/main.ts", name], { env: environment });
  let errors = "";
  child.stderr.on("data", (text) => {
    errors += text;
  });
  child.stdout.destroy();
  const [code] = await once(child, "close");

  expect({ code, errors }).toEqual({ code: 1, errors: "" });
});

test("nothing of a run is left in the temporary folder", async () => {
  const folder = mkdtempSync(join(tmpdir(), "programs-"));
  try {
    await started("review", [name], { TMPDIR: folder, TF_CLI_CONFIG_FILE: "/nonexistent", CHECKPOINT_DISABLE: "1" });

    expect(readdirSync(folder)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
