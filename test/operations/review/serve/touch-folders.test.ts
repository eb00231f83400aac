import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { touchFolders } from "../../../../operations/review/serve/touch-folders";

test("a folder and those in it are of now, and files stay as old as they are", () => {
  const folder = mkdtempSync(join(tmpdir(), "touch-folders-"));
  const [pages, page] = [join(folder, "pages"), join(folder, "page.html")];
  mkdirSync(pages);
  writeFileSync(page, "");
  for (const one of [page, pages, folder]) {
    utimesSync(one, 1, 1);
  }
  touchFolders(folder);
  const ages = [folder, pages, page].map((one) => Date.now() - statSync(one).mtimeMs);
  rmSync(folder, { recursive: true });

  expect(ages.map((age) => age < 60_000)).toEqual([true, true, false]);
});
