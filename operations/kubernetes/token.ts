import type { STSClient } from "@aws-sdk/client-sts";
import { SignatureV4 } from "@smithy/signature-v4";

import { dnsSuffixOf, partitionOf } from "../../schema/region";
import { awsFailure } from "../aws/failure";

/** Milliseconds. EKS refuses a token 15 minutes after it was signed (aws-iam-authenticator, `pkg/token`). */
const renewAfter = 13 * 60 * 1000;

/**
 * Returns a source of tokens that tell EKS who calls. A token is a URL of GetCallerIdentity, signed for one cluster. It is
 * used until shortly before EKS refuses it, until the credentials that signed it expire, or until the cluster has refused it.
 * @param now - milliseconds
 */
export function tokenSource(
  sts: STSClient,
  clusterName: string,
  region: string,
  now = Date.now,
): (refused?: string) => Promise<string> {
  const sign = tokenSigner(sts, clusterName, region);
  let current: { until: number; readonly token: Promise<string> } | undefined;
  return async (refused) => {
    const time = now();
    if (!current || time >= current.until || (refused !== undefined && refused === (await current.token))) {
      const next = { until: time + renewAfter, token: sign(time) };
      current = next;
      // STS refuses a token when the credentials that signed it have expired.
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

function tokenSigner(sts: STSClient, clusterName: string, region: string): (time: number) => Promise<string> {
  const hostname = `sts.${region}.${dnsSuffixOf(partitionOf(region))}`;
  const { credentials, sha256 } = sts.config;
  const signer = new SignatureV4({ service: "sts", region, credentials, sha256 });
  const principal = async () => "whoever you are";
  return async (time) => {
    const { query = {}, path } = await signer
      .presign(
        {
          method: "GET",
          protocol: "https:",
          hostname,
          path: "/",
          query: { Action: "GetCallerIdentity", Version: "2011-06-15" },
          headers: { host: hostname, "x-k8s-aws-id": clusterName },
        },
        // The machine's clock may be wrong; the client learns the offset from AWS's answers.
        { expiresIn: 60, signingDate: new Date(time + sts.config.systemClockOffset) },
      )
      .catch(async (thrown) => {
        throw await awsFailure(thrown, { system: "aws", action: "sts:GetCallerIdentity" }, principal);
      });
    const parameters = new URLSearchParams(query as Record<string, string>);
    const url = `https://${hostname}${path}?${parameters}`;
    return `k8s-aws-v1.${Buffer.from(url).toString("base64url")}`;
  };
}
