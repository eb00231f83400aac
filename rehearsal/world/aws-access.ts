// package.json says which Node this needs; that a later SDK will need another is no news here.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

/** How the SDK's clients reach the AWS of a world, whatever the environment and files in the home folder say. */
export interface AwsAccess {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    /** @default - the credentials are an IAM user's, which have none */
    readonly sessionToken?: string;
  };
}

/** @param variables - of a world */
export function awsAccess(variables: Readonly<Record<string, string | undefined>>): AwsAccess {
  const { AWS_REGION: region = "", AWS_ENDPOINT_URL: endpoint = "" } = variables;
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = variables;
  const { AWS_SESSION_TOKEN: sessionToken } = variables;
  return {
    region,
    endpoint,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) },
  };
}
