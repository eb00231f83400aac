import type { IamSettings } from "../schema/iam";
import { awsName } from "./aws-names";

/**
 * Returns the arguments that every role, instance profile and policy has: its name, and what the organization asks of it.
 * @param name - as platform/names.ts gives it, with the prefix
 */
export function iamArguments(
  kind: "iamInstanceProfile" | "iamPolicy" | "iamRole",
  name: string,
  { path, permissionsBoundary }: IamSettings,
) {
  return {
    name: awsName(kind, name),
    ...(path === "/" ? {} : { path }),
    ...(kind === "iamRole" && permissionsBoundary !== undefined ? { permissionsBoundary } : {}),
  };
}
