// package.json says which Node this needs; that a later SDK will need another is no news here.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

/** How the SDK's clients reach the AWS of a world, whatever the environment and files in the home folder say. */
export interface AwsAccess {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/**
 * Returns the access of what stands in for AWS's own services and for controllers: whoever deploys may do less.
 * @param variables - of a world
 */
export function awsAccess(variables: Readonly<Record<string, string | undefined>>): AwsAccess {
  const { AWS_REGION: region = "", AWS_ENDPOINT_URL: endpoint = "" } = variables;
  // The key is nobody's, and nobody looks at signatures.
  return { region, endpoint, credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "nobody looks at it" } };
}
