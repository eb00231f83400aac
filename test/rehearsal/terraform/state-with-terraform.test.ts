import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { stateOwnerAddress } from "../../../platform/state-owner";
import { demo, demoWith } from "../../../rehearsal/life/demo-settings";
import { Platform } from "../../../rehearsal/terraform/platform";
import { copyProject } from "../../../rehearsal/terraform/project-copy";
import { synthesize } from "../../../rehearsal/terraform/synthesize";
import { worldEnvironment } from "../../../rehearsal/world/environment";
import type { ClusterSettings } from "../../../schema/settings";
import { AwsServer } from "../../support/aws-server";
import { GithubServer } from "../../support/github-server";

// Terraform itself, in a world: needs Terraform, and its provider for AWS from the registry or a mirror (TF_CLI_CONFIG_FILE).
const aws = AwsServer.forTests();
const github = GithubServer.forTests();
const folder = mkdtempSync(join(tmpdir(), "real-state-"));
const project = join(folder, "project");
const networkState = join("state", `${demo.name}-network.tfstate`);

/** Whom a proxy was asked for: all that does not go to loopback, but for where Terraform's providers come from. */
const askedFor: string[] = [];
const proxy = createServer(({ url = "" }, response) => {
  askedFor.push(url);
  response.writeHead(502).end();
}).on("connect", ({ url = "" }, socket) => {
  askedFor.push(url);
  // Who asked may have been killed meanwhile.
  socket.on("error", () => {}).end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
});

/** What somebody with real accounts has set. */
function realLooking(): Record<string, string> {
  const { port } = proxy.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}`;
  return {
    AWS_PROFILE: "production",
    AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
    AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    AWS_SESSION_TOKEN: "real",
    AWS_ROLE_ARN: "arn:aws:iam::444455556666:role/deployer",
    AWS_WEB_IDENTITY_TOKEN_FILE: join(folder, "token"),
    AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://credentials.example/",
    AWS_CA_BUNDLE: join(folder, "ca.pem"),
    AWS_ENDPOINT_URL_S3: "http://s3.example",
    AWS_ENDPOINT_URL_EC2: "http://ec2.example",
    AWS_ENDPOINT_URL_STS: "http://sts.example",
    TF_TOKEN_app_terraform_io: "real",
    TF_WORKSPACE: "production",
    TF_CLI_ARGS_plan: "-var=no_such_variable=1",
    TF_DATA_DIR: join(project, "cdktf.out", ".terraform"),
    CDKTF_OUTDIR: join(project, "cdktf.out"),
    GITHUB_TOKEN: "ghp_real",
    GITHUB_OWNER: "real",
    KUBE_HOST: "https://kubernetes.example",
    OTEL_TRACES_EXPORTER: "otlp",
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://traces.example",
    HTTP_PROXY: address,
    HTTPS_PROXY: address,
    http_proxy: address,
    https_proxy: address,
    NO_PROXY: "registry.terraform.io,registry.opentofu.org,releases.hashicorp.com",
  };
}

/** Variables of what runs, as a world makes them of those of this process. */
function environment(): NodeJS.ProcessEnv {
  return worldEnvironment({ ...process.env, ...realLooking() }, { ...aws.environment, ...github.environment });
}

/** Every file of the project, with its time and its bytes. */
function filesOfProject(): Record<string, string> {
  const paths = readdirSync(project, { recursive: true, encoding: "utf8" }).filter(
    (path) => !path.startsWith("node_modules"),
  );
  return Object.fromEntries(
    paths.map((path) => {
      const found = statSync(join(project, path));
      const bytes = found.isFile() ? readFileSync(join(project, path), "base64") : "";
      return [path, `${found.mtimeMs} ${found.ctimeMs} ${bytes}`];
    }),
  );
}

beforeAll(async () => {
  await new Promise<void>((listening) => proxy.listen(0, "127.0.0.1", listening));
  copyProject(".", project, demo);
  const stack = join("cdktf.out", "stacks", `${demo.name}-network`);
  const real: Record<string, unknown> = {
    [networkState]: { version: 4, serial: 7, lineage: "real", outputs: {}, resources: [] },
    [join(stack, "cdk.tf.json")]: { terraform: { backend: { s3: { bucket: "real", key: "real" } } } },
    [join(stack, "terraform.tfstate")]: { version: 4, serial: 3, lineage: "real", outputs: {}, resources: [] },
    // What Terraform knows of a backend that was initialized.
    [join(stack, ".terraform", "terraform.tfstate")]: {
      version: 3,
      backend: { type: "s3", config: { bucket: "real", key: "real" }, hash: 1 },
    },
    [join("cdktf.out", "manifest.json")]: { stacks: {} },
  };
  for (const [path, content] of Object.entries(real)) {
    mkdirSync(join(project, path, ".."), { recursive: true });
    writeFileSync(join(project, path), JSON.stringify(content));
  }
});

afterAll(() => {
  proxy.close();
  rmSync(folder, { recursive: true });
});

/** A platform whose network was applied in the world. */
let applied: Platform;

test("what is in the project stays as it is, byte and time, and no call leaves loopback", async () => {
  const before = filesOfProject();

  const stacks = await synthesize({ project, folder: join(folder, "synthesized"), environment: environment() });
  applied = await Platform.create({
    project,
    folder: join(folder, "local"),
    settings: demo,
    environment: environment(),
  });
  const { network } = applied.stacks;
  await network.init();
  await network.plan("create");
  await network.apply();

  expect(stacks).toEqual(
    ["bootstrap", "cluster", "network"].map((part) => ({
      name: `${demo.name}-${part}`,
      folder: join(folder, "synthesized", "cdktf.out", "stacks", `${demo.name}-${part}`),
    })),
  );
  expect(JSON.parse(readFileSync(join(applied.project, networkState), "utf8")).outputs.vpc_id.value).toMatch(/^vpc-/);
  expect(await aws.journal()).toContain("ec2 CreateVpc");
  expect(askedFor).toEqual([]);
  expect(filesOfProject()).toEqual(before);
});

test.each<[string, ClusterSettings["backend"]]>([
  ["S3", { type: "s3", bucket: "acme-terraform-state" }],
  ["HCP Terraform", { type: "cloud", organization: "acme", project: "platform" }],
])("a platform whose state is in %s is planned with state in the world's folder", async (name, backend) => {
  const platform = await Platform.create({
    folder: join(folder, name),
    settings: demoWith({ backend }),
    environment: environment(),
  });
  const { network, cluster } = platform.stacks;
  await network.init();
  expect(Object.values(await network.plan("create"))).toContain("create");

  cpSync(join(applied.project, networkState), join(platform.project, networkState));
  // Only a state that projects can share says whose it is.
  expect(await network.plan("applied")).toEqual({ [stateOwnerAddress]: "create" });
  await cluster.init();
  expect(await cluster.plan("create")).toMatchObject({ "aws_eks_cluster.cluster": "create" });
  expect(askedFor).toEqual([]);
});

test("a call that leaves loopback would be seen", async () => {
  const { AWS_ENDPOINT_URL, ...outside } = environment();
  const terraform = spawn(outside["TERRAFORM_BINARY_NAME"] || "terraform", ["plan", "-input=false"], {
    cwd: join(applied.project, "cdktf.out", "stacks", `${demo.name}-network`),
    env: outside,
    stdio: "ignore",
    detached: true,
  });
  const ended = new Promise((done) => terraform.once("close", done));
  const asked = new Promise((done) => proxy.once("connect", done));
  await Promise.race([asked, ended]);
  if (terraform.pid !== undefined && terraform.exitCode === null) {
    process.kill(-terraform.pid, "SIGKILL");
  }
  await ended;

  expect(askedFor[0]).toMatch(/\.amazonaws\.com:443$/);
});
