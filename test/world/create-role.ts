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
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=a/20260101/${process.env.AWS_REGION}/iam/aws4_request` },
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
