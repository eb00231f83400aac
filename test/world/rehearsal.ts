import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The folder with the programs that stand in for AWS, GitHub and a control plane. */
export function rehearsalFolder(): string {
  const folder = process.env.REHEARSAL;
  if (!folder) {
    throw new Error("REHEARSAL is not set: the folder with the world to rehearse in; see CONTRIBUTING.md");
  }
  return folder;
}

/** The variables by which programs find a world's servers. */
export async function environmentOf(folder: string): Promise<Record<string, string>> {
  const { stdout } = await run("bash", ["-c", '. "$1" && env -0', "bash", join(folder, "env")]);
  const variables = stdout.split("\0").filter((line) => line.includes("="));
  return Object.fromEntries(
    variables.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

/** A role that a service or an account may take. The stand-in looks at no signature, and who makes it twice is welcome. */
export async function createRole(
  name: string,
  principal: { readonly Service: string } | { readonly AWS: string },
): Promise<void> {
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }],
  };
  const answer = await fetch(process.env.AWS_ENDPOINT_URL ?? "", {
    method: "POST",
    headers: { authorization: "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/iam/aws4_request" },
    body: new URLSearchParams({
      Action: "CreateRole",
      Version: "2010-05-08",
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify(trust),
    }),
  });
  const said = await answer.text();
  if (!(answer.ok || said.includes("EntityAlreadyExists"))) {
    throw new Error(said);
  }
}
