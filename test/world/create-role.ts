import { queryAws } from "../../rehearsal/world/aws-query";

/** A role that a service or an account may take. The stand-in looks at no signature, and who makes it twice is welcome. */
export async function createRole(
  name: string,
  principal: { readonly Service: string } | { readonly AWS: string },
): Promise<void> {
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }],
  };
  const { ok, text } = await queryAws(process.env, "iam", {
    Action: "CreateRole",
    RoleName: name,
    AssumeRolePolicyDocument: JSON.stringify(trust),
  });
  if (!(ok || text.includes("EntityAlreadyExists"))) {
    throw new Error(text);
  }
}
