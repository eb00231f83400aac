import { existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type App, TerraformAsset } from "cdktf";

import { day, removeOldFolders } from "../platform/old-folders";
import { context } from "./platform-stack";

const prefix = "cdktf-module-asset-";

/** Removes the copies of local modules that CDKTF makes in the temporary folder, one for every stack that uses any, and leaves there. */
export function removeModuleCopies(app: App): void {
  for (const asset of app.node.findAll().filter((construct) => construct instanceof TerraformAsset)) {
    // An asset of another name is somebody's own file.
    if (asset.fileName.startsWith(prefix)) {
      rmSync(join(tmpdir(), asset.fileName), { recursive: true, force: true });
    }
  }
}

/** Removes the copies of a synth that was killed, once they are a day old. Those of other projects hold other modules. */
export function removeOldModuleCopies(): void {
  const modules = context.cdktfRelativeModules.map((path) => basename(path));
  removeOldFolders(prefix, (folder, age) => age > day && modules.every((name) => existsSync(join(folder, name))));
}
