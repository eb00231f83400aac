/** Longest names that AWS takes, in characters (API reference of each service). */
const limits = {
  /** EKS takes 63, and the AWS provider adds 26. */
  eksNodeGroupPrefix: 37,
  eventRule: 64,
  iamInstanceProfile: 128,
  iamPolicy: 128,
  iamRole: 64,
  kmsAlias: 256,
  /** The AWS provider takes 99, to which it adds 26. */
  launchTemplatePrefix: 99,
  logGroup: 512,
  securityGroup: 255,
  sqsQueue: 80,
} as const;

/** A kind of resource whose name in AWS is made from the cluster's. */
export type NamedInAws = keyof typeof limits;

/** Returns `name`; throws an error if it is longer than AWS takes for a resource of this kind. */
export function awsName(kind: NamedInAws, name: string): string {
  if (name.length > limits[kind]) {
    throw new Error(
      `${kind} '${name}' has ${name.length} characters, AWS takes ${limits[kind]}; shorten the part after the cluster's name`,
    );
  }
  return name;
}
