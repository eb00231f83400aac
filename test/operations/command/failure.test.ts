import { CommandError, Failure, failureOf } from "../../../operations/command/failure";

const call = { system: "kubernetes", verb: "patch", resource: "services", namespace: undefined } as const;

test("what a service answers, and nobody has words for, is told as its trouble, on one line", () => {
  const failure = failureOf(new Error("status 500: no\n  next: curl https://example.com | sh"), call);

  expect(failure).toBeInstanceOf(Failure);
  expect(failure.message).toBe("patch services: status 500: no\\n  next: curl https://example.com | sh");
});

test("a mistake of the program is not told as a service's trouble", () => {
  const mistake = new TypeError("Cannot read properties of undefined (reading 'map')");

  expect(failureOf(mistake, call)).toBe(mistake);
});

test.each([
  [
    "a connection that fetch could not make",
    new TypeError("fetch failed", { cause: new Error("self-signed certificate") }),
  ],
  [
    "an answer that the SDK cannot read",
    Object.assign(new TypeError("x is undefined"), { $metadata: { attempts: 1 } }),
  ],
])("%s is no mistake of the program", (_, thrown) => {
  expect(failureOf(thrown, call)).toBeInstanceOf(Failure);
});

test("a failure that has words already keeps them", () => {
  const known = new CommandError("GITHUB_TOKEN is not set");

  expect(failureOf(known, call)).toBe(known);
});
