import {
  DeleteInstanceProfileCommand,
  DeleteOpenIDConnectProviderCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetInstanceProfileCommand,
  GetRoleCommand,
  type IAMClient,
  ListOpenIDConnectProvidersCommand,
  ListOpenIDConnectProviderTagsCommand,
  ListPolicyTagsCommand,
  paginateListAttachedRolePolicies,
  paginateListPolicies,
  paginateListRolePolicies,
  RemoveRoleFromInstanceProfileCommand,
} from "@aws-sdk/client-iam";

import type { NamedCluster } from "../../../../platform/names";
import { ifResourceExists } from "../../../aws/failure";
import { allPages } from "../../../aws/pages";
import { tagsFrom } from "../../cluster-tags";
import { isStackName, stackNames } from "../../stack-names";
import type { ResourceList, StackResource } from "./stack-resource";

export const instanceProfiles: ResourceList = async ({ aws: { iam }, settings }) => {
  const found = await Promise.all(
    stackNames(settings)["instance profile"].map((InstanceProfileName) =>
      ifResourceExists(iam.send(new GetInstanceProfileCommand({ InstanceProfileName }))),
    ),
  );
  return found.flatMap((answer) => {
    const { InstanceProfileName: id = "", Roles = [], Tags } = answer?.InstanceProfile ?? {};
    const roles = Roles.map(({ RoleName = "" }) => RoleName);
    const remove = async () => {
      for (const RoleName of roles) {
        await iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName: id, RoleName }));
      }
      await iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName: id }));
    };
    return answer ? [{ kind: "instance profile", id, name: id, tags: tagsFrom(Tags), remove, parts: roles }] : [];
  });
};

/** @param which - which of the roles' names are looked for */
export function roles(which: (cluster: NamedCluster, name: string) => boolean): ResourceList {
  return async ({ aws: { iam }, settings }) => {
    const names = stackNames(settings).role.filter((role) => which(settings, role));
    const found = await Promise.all(names.map((role) => roleNamed(role, iam)));
    return found.flatMap((role) => role ?? []);
  };
}

async function roleNamed(RoleName: string, iam: IAMClient): Promise<StackResource | undefined> {
  const answer = await ifResourceExists(iam.send(new GetRoleCommand({ RoleName })));
  if (!answer) {
    return undefined;
  }
  const client = { client: iam };
  const attached = await allPages(paginateListAttachedRolePolicies(client, { RoleName }), (page) =>
    page.AttachedPolicies?.map(({ PolicyArn = "" }) => PolicyArn),
  );
  const inline = await allPages(paginateListRolePolicies(client, { RoleName }), (page) => page.PolicyNames);
  const remove = async () => {
    for (const PolicyArn of attached) {
      await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    }
    for (const PolicyName of inline) {
      await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    }
    await iam.send(new DeleteRoleCommand({ RoleName }));
  };
  const tags = tagsFrom(answer.Role?.Tags);
  return { kind: "role", id: RoleName, name: RoleName, tags, remove, parts: [...attached, ...inline] };
}

export const policies: ResourceList = async ({ aws: { iam }, settings }) => {
  const all = await allPages(paginateListPolicies({ client: iam }, { Scope: "Local" }), (page) => page.Policies);
  const named = all.filter(({ PolicyName = "" }) => isStackName(settings, "policy", PolicyName));
  return Promise.all(
    named.map(async ({ PolicyName: name = "", Arn: id = "" }): Promise<StackResource> => {
      const { Tags } = await iam.send(new ListPolicyTagsCommand({ PolicyArn: id }));
      const remove = () => iam.send(new DeletePolicyCommand({ PolicyArn: id }));
      return { kind: "policy", id, name, tags: tagsFrom(Tags), remove };
    }),
  );
};

/** An account has 100 of them at most, and their ids say nothing of the cluster. */
export const oidcProviders: ResourceList = async ({ aws: { iam } }) => {
  const { OpenIDConnectProviderList = [] } = await iam.send(new ListOpenIDConnectProvidersCommand({}));
  return Promise.all(
    OpenIDConnectProviderList.map(async ({ Arn: id = "" }): Promise<StackResource> => {
      const { Tags } = await iam.send(new ListOpenIDConnectProviderTagsCommand({ OpenIDConnectProviderArn: id }));
      const remove = () => iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: id }));
      return { kind: "OIDC provider", id, name: id.replace(/^.*:oidc-provider\//, ""), tags: tagsFrom(Tags), remove };
    }),
  );
};
