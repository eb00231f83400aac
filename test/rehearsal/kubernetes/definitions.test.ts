import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { pinOf, upstreamPins } from "../../../rehearsal/setup/upstream-files";
import { releases } from "../../../releases/all";

const controllers = releases.flatMap((release) =>
  ["source", "kustomize", "helm"].map((name) => ({ of: release.name, name, release })),
);

// Not of notification-controller, whose version go.mod explains.
test.each(controllers)("the $name-controller of $of is the one of its Flux version", ({ name, release }) => {
  const pinnedIn = upstreamPins(release);
  const flux = `github.com/fluxcd/flux2/v2@v${release.flux.version}`;
  const { GoMod: file } = JSON.parse(
    execFileSync("go", ["mod", "download", "-json", flux], { encoding: "utf8", cwd: pinnedIn }),
  );
  const module = `github.com/fluxcd/${name}-controller`;

  expect(readFileSync(file, "utf8")).toContain(`${module}/api ${pinOf({ module, pinnedIn }).version}\n`);
});
