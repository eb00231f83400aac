import { podTrouble } from "../../../operations/verify/pod-trouble";

test("what is on the host's network waits for no pod address", () => {
  const waiting = { reason: "ContainerCreating" };
  const status = {
    containerStatuses: [{ name: "a", ready: false, restartCount: 0, image: "", imageID: "", state: { waiting } }],
  };
  const cause = (hostNetwork: boolean) => podTrouble({ spec: { hostNetwork, containers: [] }, status })?.cause;

  expect(cause(true)).not.toContain("pod address");
  expect(cause(false)).toContain("pod address");
});
