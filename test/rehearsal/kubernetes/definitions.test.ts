import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { pinOf, upstreamPins } from "../../../rehearsal/setup/upstream-files";
import { newestRelease } from "../../../releases/all";
import { versionsOf } from "../../../releases/release";

const versions = versionsOf(newestRelease);

// Not of notification-controller, whose version go.mod explains.
test.each(["source", "kustomize", "helm"])("the %s-controller is the one of the platform's Flux version", (name) => {
  const flux = `github.com/fluxcd/flux2/v2@v${versions.flux}`;
  const { GoMod: file } = JSON.parse(
    execFileSync("go", ["mod", "download", "-json", flux], { encoding: "utf8", cwd: upstreamPins }),
  );
  const module = `github.com/fluxcd/${name}-controller`;

  expect(readFileSync(file, "utf8")).toContain(`${module}/api ${pinOf({ module, pinnedIn: upstreamPins }).version}\n`);
});
