import { spawnSync } from "node:child_process";

import { clusters } from "../../settings";

const [{ name = "" } = {}] = clusters;

function rehearse(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["scripts/run.mjs", "rehearsal/life/main.ts", name, ...words],
    { encoding: "utf8", env: { PATH: process.env["PATH"], HOME: "/nonexistent" } },
  );
  return { code: status, output: stdout, errors: stderr };
}

test.each([[[]], [["--from", "HEAD"]]])(
  "a checkout that is not there is refused before anything begins (%p)",
  (more) => {
    expect(rehearse("--flux-repository", "/nonexistent/flux", ...more)).toEqual({
      code: 1,
      output: "",
      errors: expect.stringMatching(/^error: --flux-repository: \/nonexistent\/flux is not there\n {2}next: /),
    });
  },
);

test("what goes with a life, or with a change alone, is refused", () => {
  for (const [option, words] of [
    ["--keep", "cannot be chosen with --flux-repository"],
    ["--apply", "needs --from"],
  ] as const) {
    expect(rehearse("--flux-repository", "/nonexistent/flux", option)).toMatchObject({
      code: 1,
      output: "",
      errors: expect.stringMatching(`^error: ${option} ${words}`),
    });
  }
});
