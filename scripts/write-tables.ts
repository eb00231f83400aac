import { writeFileSync } from "node:fs";

import { instanceTypesSource, regionsSource } from "./aws-tables";

// Writes what schema/ knows of AWS from the AWS SDK that is installed.

writeFileSync("schema/aws/regions.ts", regionsSource());
writeFileSync("schema/aws/instance-types.ts", instanceTypesSource());
