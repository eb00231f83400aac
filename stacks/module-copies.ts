import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, TerraformAsset } from "cdktf";

/**
 * Removes the copies of local modules that CDKTF makes in the temporary folder, one for every stack that uses any, and
 * leaves there.
 */
export function removeModuleCopies(app: App): void {
  for (const asset of app.node.findAll().filter((construct) => construct instanceof TerraformAsset)) {
    // An asset of another name is somebody's own file.
    if (asset.fileName.startsWith("cdktf-module-asset-")) {
      rmSync(join(tmpdir(), asset.fileName), { recursive: true, force: true });
    }
  }
}
