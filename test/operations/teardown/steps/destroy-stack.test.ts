import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Connection } from "../../../../operations/connection";
import { localStacks } from "../../../../operations/teardown/stacks";
import type { TeardownContext } from "../../../../operations/teardown/step";
import { destroyStack } from "../../../../operations/teardown/steps/destroy-stack";
import { stateOwner, stateOwnerAddress } from "../../../../platform/state-owner";
import { cluster } from "../../../support/settings";

const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), "teardown-owner-"));
const program = join(folder, "terraform");
const settings = cluster({ backend: { type: "s3", bucket: "acme-state" } });

beforeAll(() => {
  mkdirSync(join(folder, "cdktf.out", "stacks", `${settings.name}-network`), { recursive: true });
  process.chdir(folder);
});

afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

/** What is said of a state that names this owner. Of one that is the cluster's own, AWS is asked next, which ends this. */
async function refused(input: object): Promise<{ message: string; next?: string }> {
  const resources = [{ address: stateOwnerAddress, values: { id: "1", input } }];
  const state = { format_version: "1.0", values: { root_module: { resources } } };
  writeFileSync(
    program,
    `#!/bin/sh\ncase $1 in state) echo ${stateOwnerAddress} ;; show) echo '${JSON.stringify(state)}' ;; esac`,
  );
  chmodSync(program, 0o755);
  const aws = { ec2: { config: {}, send: () => Promise.reject(new Error("AWS was asked")) } };
  const context: Partial<TeardownContext> = {
    connection: { settings, aws } as unknown as Connection,
    signal: new AbortController().signal,
  };
  const step = destroyStack("network", localStacks({ program, folder, stream: () => {}, colour: false }));
  return step.find(context as TeardownContext).then(
    () => ({ message: "nothing" }),
    (thrown) => thrown,
  );
}

test("a state of another project's cluster is refused when it is looked at, with both named", async () => {
  const { message, next } = await refused({ ...stateOwner(settings), repository: "acme/other" });

  expect(message).toBe(
    "the state of demo-k8s-cilium-network is that of the cluster in eu-central-1 of account 111122223333 with Flux repository acme/other, and settings.ts describes the cluster in eu-central-1 of account 111122223333 with Flux repository acme/demo-k8s-cilium-flux",
  );
  expect(next).toContain(`-chdir=cdktf.out/stacks/demo-k8s-cilium-network apply -replace=${stateOwnerAddress}`);
});

test("a state of the cluster's own is taken", async () => {
  expect((await refused(stateOwner(settings))).message).not.toContain("the state of");
});
