import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// Measures what docs/performance.md holds: `npm run bench -- [ROUNDS]`. All commands in turn, round after round, so that a machine that
// slows down slows all of them; medians.

const rounds = Number(process.argv[2] ?? 7);
if (!Number.isInteger(rounds) || rounds < 1) {
  process.stderr.write(`error: '${process.argv[2]}' is no number of rounds\n  next: npm run bench -- 7\n`);
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), "platform-bench-"));
const output = join(folder, "cdktf.out");
const program = (...command: string[]) => [process.execPath, "scripts/run.mjs", ...command];

const largePlan = join(folder, "large.json");
writeFileSync(
  largePlan,
  execFileSync(process.execPath, ["scripts/run.mjs", "test/bench/plan.ts", "5000"], { maxBuffer: 1e9 }),
);
const hugePlan = join(folder, "huge.json");
writeFileSync(
  hugePlan,
  execFileSync(process.execPath, ["scripts/run.mjs", "test/bench/plan.ts", "17500"], { maxBuffer: 1e9 }),
);
const listPlan = join(folder, "list.json");
writeFileSync(
  listPlan,
  execFileSync(process.execPath, ["scripts/run.mjs", "test/bench/lists.ts", "10000"], { maxBuffer: 1e9 }),
);
const demoPlans = ["network", "cluster", "bootstrap"].map(
  (part) => `test/operations/review/fixtures/${part}-create.json`,
);
const review = (...plans: string[]) => program("operations/review/main.ts", "--fail-on", "never", "--plan", ...plans);

/** Writes the peak of every Node process to a file of its own. */
const hook = join(folder, "peak.cjs");
writeFileSync(
  hook,
  `process.once("exit", () => require("node:fs").writeFileSync(process.env.PEAKS + "/" + process.pid, String(process.resourceUsage().maxRSS)));`,
);

interface Command {
  readonly command: readonly string[];
  /** What must go before each run. */
  readonly prepare?: () => void;
  /**
   * Variables beside those of this program.
   * @default - none
   */
  readonly environment?: () => Readonly<Record<string, string>>;
  /**
   * With which it ends.
   * @default 0
   */
  readonly code?: number;
}

/** What makes the platform, without the types of AWS's and Kubernetes' clients, which take longer than all else. */
const platformTypes = "node_modules/.cache/tsconfig.platform.json";
writeFileSync(
  platformTypes,
  JSON.stringify({
    extends: "../../tsconfig.json",
    compilerOptions: { tsBuildInfoFile: "tsc.platform.json" },
    include: [
      "*.ts",
      "platform",
      "schema",
      "constructs",
      "stacks",
      "test/constructs",
      "test/platform",
      "test/schema",
      "test/*.ts",
    ].map((path) => `../../${path}`),
  }),
);
const typeCheck = (...options: string[]) => ["node_modules/.bin/tsc", "--checkers", "2", ...options];
const bundles = "node_modules/.cache/programs";
const forgetTypes = (name: string) => () => rmSync(`node_modules/.cache/${name}.json`, { force: true });
/** Removes the bundles of all working trees that share these packages. */
function forgetBundle(): void {
  for (const cache of readdirSync(bundles)) {
    rmSync(join(bundles, cache, "test-bench-platforms-ts"), { recursive: true, force: true });
  }
}
/** Variables by which commands find the large cluster, once it answers. */
let largeCluster: Readonly<Record<string, string>> = {};

/** Starts what answers as a large cluster does, and returns what ends it. */
async function startLargeCluster(): Promise<() => void> {
  const [file = "", ...words] = program("test/bench/large-cluster.ts", folder);
  const child = spawn(file, words, { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  largeCluster = JSON.parse(line.toString());
  return () => void child.kill();
}

const commands = {
  unit: { command: [process.execPath, "-e", "require('cdktf')"] },
  synth: { command: program("main.ts") },
  one: { command: program("test/bench/platforms.ts", "1") },
  // Before the next round's first run, which then finds it again.
  oneAnew: {
    command: program("test/bench/platforms.ts", "1"),
    prepare: forgetBundle,
  },
  hundred: { command: program("test/bench/platforms.ts", "100") },
  typesPlatform: { command: typeCheck("--project", platformTypes), prepare: forgetTypes("tsc.platform") },
  typesCold: { command: typeCheck(), prepare: forgetTypes("tsc") },
  typesWarm: { command: typeCheck() },
  cli: { command: ["node_modules/.bin/cdktf", "synth", "--output", output] },
  // An app that does nothing, beside what the one before has written: the command wants to see stacks.
  cliEmpty: { command: ["node_modules/.bin/cdktf", "synth", "--app", "true", "--output", output] },
  tests: { command: ["node_modules/.bin/jest", "--silent", "--selectProjects", "platform"] },
  parseLarge: {
    command: [process.execPath, "-e", `JSON.parse(require("fs").readFileSync(${JSON.stringify(largePlan)}, "utf8"))`],
  },
  reviewLarge: { command: review(largePlan) },
  reviewList: { command: review(listPlan) },
  reviewDemo: { command: review(...demoPlans) },
  runTask: { command: program("test/bench/run-task.ts", hugePlan) },
  // It has nothing of a platform but nodes, what runs on each, and Karpenter's claims: the rest is broken, or could not be asked.
  verifyLarge: {
    command: program("operations/verify/main.ts", "demo-k8s-cilium"),
    environment: () => largeCluster,
    code: 2,
  },
} as const satisfies Record<string, Command>;
type Name = keyof typeof commands;

interface Run {
  readonly seconds: number;
  readonly megabytes: number;
  /** Of the one process that wrote it by itself; NaN if none did. */
  readonly serverMegabytes: number;
}

async function run({ command: [file = "", ...args], prepare, environment, code: expected = 0 }: Command): Promise<Run> {
  prepare?.();
  const peaks = mkdtempSync(join(folder, "peaks-"));
  const start = process.hrtime.bigint();
  const child = spawn(file, args, {
    stdio: "ignore",
    env: {
      ...process.env,
      ...environment?.(),
      CHECKPOINT_DISABLE: "1",
      CI: "1",
      PEAKS: peaks,
      NODE_OPTIONS: `--require "${hook}"`,
    },
  });
  const code = await new Promise((resolve, reject) => child.on("close", resolve).on("error", reject));
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (code !== expected) {
    throw new Error(`${file} ${args.join(" ")} ended with ${code}`);
  }
  const kilobytes = readdirSync(peaks).map((name) => Number(readFileSync(join(peaks, name), "utf8")));
  const server = join(peaks, "server");
  const serverMegabytes = existsSync(server) ? Number(readFileSync(server, "utf8")) / 1024 : Number.NaN;
  return { seconds, megabytes: Math.max(...kilobytes) / 1024, serverMegabytes };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function main(): Promise<void> {
  const endLargeCluster = await startLargeCluster();
  try {
    await measure();
  } finally {
    endLargeCluster();
    rmSync(folder, { recursive: true });
  }
}

async function measure(): Promise<void> {
  const names = Object.keys(commands) as Name[];
  const runs = Object.fromEntries(names.map((name) => [name, [] as Run[]])) as Record<Name, Run[]>;
  for (const name of names) {
    await run(commands[name]);
  }
  for (let round = 1; round <= rounds; round += 1) {
    process.stderr.write(`round ${round} of ${rounds}\n`);
    for (const name of names) {
      runs[name].push(await run(commands[name]));
    }
  }

  const seconds = (name: Name) => median(runs[name].map((measured) => measured.seconds));
  const megabytes = (name: Name) => median(runs[name].map((measured) => measured.megabytes)).toFixed(0);
  const serverMegabytes = median(runs.runTask.map((measured) => measured.serverMegabytes)).toFixed(0);
  const units = (time: number) => (time / seconds("unit")).toFixed(1);
  const rows = [
    ["what", "found", "limit"],
    ["---", "---", "---"],
    ["the unit: `node -e \"require('cdktf')\"`", `${seconds("unit").toFixed(3)} s, ${megabytes("unit")} MB`, ""],
    [
      "synth of `settings.ts` from its sources, their bundle kept",
      `${units(seconds("synth"))} units, ${megabytes("synth")} MB`,
      "2.0 units, 110 MB",
    ],
    ["synth of one cluster, the first time and after a change of sources", `${units(seconds("oneAnew"))} units`, ""],
    [
      "synth of 100 clusters, 300 stacks",
      `${(seconds("hundred") / seconds("one")).toFixed(1)} times one cluster, ${megabytes("hundred")} MB`,
      "20 times, 400 MB",
    ],
    ["type check of the platform and its tests", `${units(seconds("typesPlatform"))} units`, "3 units"],
    ["type check of everything, AWS's and Kubernetes' clients among it", `${units(seconds("typesCold"))} units`, ""],
    ["the same, nothing changed", `${units(seconds("typesWarm"))} units`, ""],
    [
      "`cdktf synth`, beyond the CLI around an empty app",
      `${units(seconds("cli") - seconds("cliEmpty"))} units`,
      "2 units",
    ],
    ["unit tests", `${units(seconds("tests"))} units`, "50 units"],
    [
      "plan review of 5,000 changed resources, 29 MB of JSON, beside `JSON.parse` of it in a bare Node",
      `${(seconds("reviewLarge") / seconds("parseLarge")).toFixed(1)} times, ${megabytes("reviewLarge")} MB`,
      "5 times, 300 MB",
    ],
    [
      "plan review of one list of 10,000 objects, each of which becomes another",
      `${seconds("reviewList").toFixed(1)} s, ${megabytes("reviewList")} MB`,
      "1 s",
    ],
    [
      "run task with a plan of 100 MB: the server, and the program that it has review the plan",
      `${serverMegabytes} MB, ${megabytes("runTask")} MB`,
      "150 MB, 1,000 MB",
    ],
    ["plan review of the demo's three stacks, all new", `${units(seconds("reviewDemo"))} units`, "3 units"],
    [
      "verify of 500 nodes, 5,000 pods and 300 NodeClaims, on the same machine",
      `${seconds("verifyLarge").toFixed(1)} s, ${megabytes("verifyLarge")} MB`,
      "5 s, 300 MB",
    ],
    ["lines of a source file", `${Math.max(...lines())} at most, median ${median(lines())}`, "200, median 90"],
  ];
  process.stdout.write(`${rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`);
}

function lines(): number[] {
  const sources = ["constructs", "operations", "platform", "schema", "stacks"].flatMap((name) =>
    readdirSync(name, { recursive: true, encoding: "utf8" }).map((file) => join(name, file)),
  );
  return [...sources, "main.ts", "settings.ts"]
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(file, "utf8").trimEnd().split("\n").length);
}

main().catch((failure: Error) => {
  process.stderr.write(`${failure.stack}\n`);
  process.exitCode = 1;
});
