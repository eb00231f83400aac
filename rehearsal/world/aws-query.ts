const apiVersions = { iam: "2010-05-08" } as const;

/** A service that is asked by forms. */
export type QueryService = keyof typeof apiVersions;

export interface QueryAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
}

/**
 * Calls the AWS of a world as an SDK would, but for the signature, at which nobody looks.
 * @param variables - of a world
 */
export async function queryAws(
  { AWS_ENDPOINT_URL: url = "", AWS_REGION: region }: Readonly<Record<string, string | undefined>>,
  service: QueryService,
  parameters: Readonly<Record<string, string>>,
): Promise<QueryAnswer> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260101/${region}/${service}/aws4_request` },
    body: new URLSearchParams({ Version: apiVersions[service], ...parameters }),
  });
  return { ok: answer.ok, status: answer.status, text: await answer.text() };
}
