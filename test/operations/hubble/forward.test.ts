import { Failure } from "../../../operations/command/failure";
import { forward, sayChanges } from "../../../operations/hubble/forward";
import type { Kubernetes } from "../../../operations/kubernetes/clients";

test("a line is said once until another is, with everything in it that could not be seen", () => {
  const lines: string[] = [];
  const say = sayChanges((line) => lines.push(line));
  say("forwarding to hubble-ui-1");
  say("forwarding to hubble-ui-1");
  say("x\u001b[2J\ny\u202ez");
  say("forwarding to hubble-ui-1");

  expect(lines).toEqual(["forwarding to hubble-ui-1", "x\\u{1b}[2J\\ny\\u{202e}z", "forwarding to hubble-ui-1"]);
});

describe("once it forwards", () => {
  const pod = { metadata: { name: "hubble-ui-1" }, status: { conditions: [{ type: "Ready", status: "True" }] } };

  /** Forwards to a cluster that answers each question for pods by the next of these, and returns what is said until it ends. */
  async function forwarded(connect: () => Promise<void>, ...answers: readonly (() => object)[]) {
    const lines: string[] = [];
    let asked = 0;
    const kubernetes = {
      authorization: { createSelfSubjectAccessReview: async () => ({ status: { allowed: true } }) },
      core: { listNamespacedPod: async () => answers[asked++]?.() },
      forward: connect,
    } as object as Kubernetes;
    const say = (line: string) => {
      lines.push(line);
      const address = /http:\S+/.exec(line)?.[0];
      if (address !== undefined) {
        void fetch(address).catch(() => {});
      }
    };
    const thrown = await forward({ kubernetes: async () => kubernetes, port: 0, say }).catch((reason) => reason);
    return { lines: lines.filter((line) => !line.startsWith("Hubble's UI: ")), thrown };
  }

  const found = () => ({ items: [pod] });
  const failing = (thrown: Error) => () => {
    throw thrown;
  };
  const mistake = new TypeError("x is not a function");

  test("what may pass is said, and a mistake of ours ends it", async () => {
    const away = new Failure("unreachable", "no answer", "look");
    const { lines, thrown } = await forwarded(async () => {}, found, failing(away), failing(mistake));

    expect(lines).toEqual(["forwarding to hubble-ui-1", "no answer"]);
    expect(thrown).toBe(mistake);
  });

  test("so does one that only a connection meets", async () => {
    const { thrown } = await forwarded(failing(mistake), found);

    expect(thrown).toBe(mistake);
  });
});
