import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readVariables } from "../../rehearsal/world/world-files";

/** The stand-in for AWS in a folder of its own. */
export class AwsServer {
  private readonly folder = mkdtempSync(join(tmpdir(), "aws-rehearsal-"));

  /** Starts one before the tests of a file, and ends it after them. */
  static forTests(): AwsServer {
    const server = new AwsServer();
    beforeAll(() => {
      execFileSync("rehearsal/aws/start", [server.folder]);
    });
    afterAll(() => {
      execFileSync("rehearsal/aws/stop", [server.folder]);
      rmSync(server.folder, { recursive: true });
    });
    return server;
  }

  /** Variables by which Terraform's provider finds it. */
  get environment(): Record<string, string> {
    return readVariables(join(this.folder, "env"));
  }

  /** Actions that were called, as `ec2 CreateVpc`. */
  async journal(): Promise<string[]> {
    const answer = await fetch(`${this.environment["AWS_ENDPOINT_URL"]}/_rehearsal/journal`);
    const calls = (await answer.json()) as { readonly service: string; readonly action: string }[];
    return calls.map(({ service, action }) => `${service} ${action}`);
  }
}
