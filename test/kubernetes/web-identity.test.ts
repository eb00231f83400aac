import { ciliumManifests, karpenterManifests, type Manifest, objectsOf } from "../support/manifests";
import { platform } from "../support/synth";

const { aws_iam_role: roles } = platform().cluster.resource;

/** Workloads with a role, and what Terraform names that role. */
const workloads = {
  "Cilium's operator": { render: ciliumManifests, deployment: "cilium-operator", role: "cilium_operator" },
  Karpenter: { render: karpenterManifests, deployment: "karpenter", role: "karpenter" },
};

/** What the pods of a workload present to STS, of whatever EKS's webhook adds. */
async function identity({ render, deployment }: (typeof workloads)[keyof typeof workloads]) {
  const objects = objectsOf(await render());
  const { spec } = objects.find(
    ({ kind, metadata }) => kind === "Deployment" && metadata.name === deployment,
  ) as Manifest;
  const { containers, serviceAccountName, volumes } = spec.template.spec;
  const [{ env, volumeMounts }] = containers;
  const value = (name: string): string => env.find((variable: { name: string }) => variable.name === name)?.value;
  const file = value("AWS_WEB_IDENTITY_TOKEN_FILE");
  const mount = volumeMounts.find(({ mountPath }: { mountPath: string }) => file.startsWith(`${mountPath}/`));
  const volume = volumes.find(({ name }: { name: string }) => name === mount.name);
  const [{ serviceAccountToken: token }] = volume.projected.sources;
  return { value, file, mount, token, serviceAccountName };
}

describe.each(Object.entries(workloads))("%s", (_, workload) => {
  test("has a token of its own that its role takes, whether EKS's webhook saw its account or not", async () => {
    const { file, mount, token, serviceAccountName } = await identity(workload);
    // Quotes within Terraform's expressions are no JSON.
    const policy: string = roles?.[workload.role]?.assume_role_policy.replaceAll(/\$\{[^}]*\}/g, "reference");
    const [trust] = JSON.parse(policy).Statement;
    const trusted = Object.values(trust.Condition.StringEquals);

    expect(file).toBe(`${mount.mountPath}/${token.path}`);
    expect(trusted).toContain(token.audience);
    expect(trusted).toContainEqual(expect.stringMatching(new RegExp(`:${serviceAccountName}$`)));
  });

  test("knows its role and its region", async () => {
    const { value } = await identity(workload);

    expect(value("AWS_ROLE_ARN")).toBe(`sample-${workload.role.replace("_", "-")}-role-arn`);
    // STS is asked in the region of the environment, and of no other source.
    expect(value("AWS_REGION")).toBe("eu-central-1");
  });

  test("is left alone by EKS's webhook, which knows what it adds by these names", async () => {
    const { mount } = await identity(workload);

    // NewModifier() in pkg/handler/handler.go of aws/amazon-eks-pod-identity-webhook
    expect(mount).toEqual({
      name: "aws-iam-token",
      mountPath: "/var/run/secrets/eks.amazonaws.com/serviceaccount",
      readOnly: true,
    });
  });
});
