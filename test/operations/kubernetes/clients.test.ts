import { Failure } from "../../../operations/command/failure";
import { kubernetesClients } from "../../../operations/kubernetes/clients";

/** A port on which nobody listens. */
const server = "https://127.0.0.1:1";

async function failure(apiAccess: readonly string[]): Promise<Failure> {
  const { core } = kubernetesClients({
    server,
    certificateAuthority: "",
    token: async () => "token",
    observe: () => {},
    apiAccess,
  });
  const thrown = await core.listNode().catch((reason) => reason);
  expect(thrown).toBeInstanceOf(Failure);
  return thrown;
}

test("an API that does not answer is most probably closed to where somebody asks from", async () => {
  const { kind, message, next } = await failure(["203.0.113.0/24"]);

  expect(kind).toBe("unreachable");
  expect(message).toBe("the Kubernetes API at https://127.0.0.1:1 does not answer (ECONNREFUSED)");
  expect(next).toContain("within apiAccess (203.0.113.0/24)");
});

test("a private one is asked from within the VPC", async () => {
  expect((await failure([])).next).toContain("on a machine in the VPC");
});
