import type { IamSettings } from "../../schema/iam";

/** Settings of IAM of a cluster whose organization asks for nothing. */
export const plainIam: IamSettings = { path: "/", namePrefix: "" };
