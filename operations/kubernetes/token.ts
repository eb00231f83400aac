import type { STSClient } from "@aws-sdk/client-sts";
import { SignatureV4 } from "@smithy/signature-v4";

import { dnsSuffixOf, partitionOf } from "../../schema/region";

/** EKS takes a token for 15 minutes after it was signed, whatever it says itself (aws-iam-authenticator, `pkg/token`). */
const renewAfter = 13 * 60 * 1000;

/**
 * Tokens by which EKS knows who calls: URLs of GetCallerIdentity, signed for one cluster. A new one is signed in time, before the credentials
 * end too.
 * @param now - milliseconds
 */
export function tokenSource(
  sts: STSClient,
  clusterName: string,
  region: string,
  now = Date.now,
): () => Promise<string> {
  const hostname = `sts.${region}.${dnsSuffixOf(partitionOf(region))}`;
  const signer = new SignatureV4({
    service: "sts",
    region,
    credentials: sts.config.credentials,
    sha256: sts.config.sha256,
  });
  const sign = async (time: number) => {
    const { query = {}, path } = await signer.presign(
      {
        method: "GET",
        protocol: "https:",
        hostname,
        path: "/",
        query: { Action: "GetCallerIdentity", Version: "2011-06-15" },
        headers: { host: hostname, "x-k8s-aws-id": clusterName },
      },
      // Its clock may be wrong, which the client has learned from AWS's answers.
      { expiresIn: 60, signingDate: new Date(time + sts.config.systemClockOffset) },
    );
    const parameters = new URLSearchParams(query as Record<string, string>);
    const url = `https://${hostname}${path}?${parameters}`;
    return `k8s-aws-v1.${Buffer.from(url).toString("base64url")}`;
  };

  let current: { until: number; readonly token: Promise<string> } | undefined;
  return () => {
    const time = now();
    if (!current || time >= current.until) {
      const next = { until: time + renewAfter, token: sign(time) };
      current = next;
      // STS refuses what was signed with credentials that have ended since.
      Promise.all([sts.config.credentials(), next.token]).then(
        ([{ expiration }]) => {
          next.until = Math.min(next.until, expiration?.getTime() ?? next.until);
        },
        () => {
          current = undefined;
        },
      );
    }
    return current.token;
  };
}
