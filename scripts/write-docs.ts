import { readFileSync, writeFileSync } from "node:fs";

import { reportSchema, withRuleTables } from "../operations/review/documentation";

// Writes what of docs/ is made of the sources.

const page = "docs/plan-review.md";
writeFileSync(page, withRuleTables(readFileSync(page, "utf8")));
writeFileSync("docs/plan-review.schema.json", reportSchema());
