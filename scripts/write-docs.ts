import { readFileSync, writeFileSync } from "node:fs";

import { reportSchema, withRuleTables } from "../operations/review/documentation";
import { readDispositions } from "./security/dispositions";
import { withDispositions } from "./security/page";
import { withVerifyRole } from "./verify-role";

// Writes what of docs/ is made of the sources.

write("docs/plan-review.md", withRuleTables);
write("docs/security.md", (page) => withDispositions(page, readDispositions()));
write("docs/verify.md", (page) => withVerifyRole(page, readFileSync("gitops/access/verify.yaml", "utf8")));
writeFileSync("docs/plan-review.schema.json", reportSchema());

function write(page: string, rewritten: (text: string) => string): void {
  writeFileSync(page, rewritten(readFileSync(page, "utf8")));
}
