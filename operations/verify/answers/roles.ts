import {
  GetInstanceProfileCommand,
  GetOpenIDConnectProviderCommand,
  type GetOpenIDConnectProviderCommandOutput,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type InstanceProfile,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  type Role,
} from "@aws-sdk/client-iam";

import { ifResourceExists } from "../../aws/failure";
import { allPages } from "../../aws/pages";
import type { Connection } from "../../connection";
import type { Once } from "./once";

/** What IAM says of the roles of the platform. */
export interface RoleAnswers {
  role(name: string): Promise<Role | undefined>;
  /** Returns the names of the managed policies that a role has. */
  managedPolicies(role: string): Promise<readonly string[]>;
  /** Returns the documents of all policies of a role, its own and those of this account that it shares with others. */
  rolePolicies(role: string): Promise<readonly string[]>;
  instanceProfile(name: string): Promise<InstanceProfile | undefined>;
  oidcProvider(arn: string): Promise<GetOpenIDConnectProviderCommandOutput | undefined>;
}

export function roleAnswers({ aws: { iam } }: Connection, once: Once): RoleAnswers {
  const attached = once("attached policies", async (RoleName: string) =>
    allPages(paginateListAttachedRolePolicies({ client: iam }, { RoleName }), (page) => page.AttachedPolicies),
  );
  const ownDocuments = async (RoleName: string) => {
    const names = await allPages(paginateListRolePolicies({ client: iam }, { RoleName }), (page) => page.PolicyNames);
    const policies = names.map((PolicyName) => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName })));
    return (await Promise.all(policies)).flatMap(({ PolicyDocument }) => PolicyDocument ?? []);
  };
  const sharedDocument = async (PolicyArn: string) => {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    const VersionId = Policy?.DefaultVersionId;
    return (await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }))).PolicyVersion?.Document;
  };
  return {
    role: once("role", async (RoleName: string) => {
      return (await ifResourceExists(iam.send(new GetRoleCommand({ RoleName }))))?.Role;
    }),
    managedPolicies: async (role) => (await attached(role)).flatMap(({ PolicyName }) => PolicyName ?? []),
    rolePolicies: once("policies of role", async (role: string) => {
      const shared = (await attached(role)).flatMap(({ PolicyArn }) => PolicyArn ?? []);
      const documents = await Promise.all([ownDocuments(role), ...shared.map(sharedDocument)]);
      return documents.flat().flatMap((document) => document ?? []);
    }),
    instanceProfile: once("instance profile", async (InstanceProfileName: string) => {
      const command = new GetInstanceProfileCommand({ InstanceProfileName });
      return (await ifResourceExists(iam.send(command)))?.InstanceProfile;
    }),
    oidcProvider: once("OIDC provider", async (OpenIDConnectProviderArn: string) =>
      ifResourceExists(iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }))),
    ),
  };
}
