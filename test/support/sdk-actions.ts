import { readFileSync } from "node:fs";

/** IAM's names of the SDK's packages. */
const services: Readonly<Record<string, string>> = {
  "cloudwatch-logs": "logs",
  ec2: "ec2",
  eks: "eks",
  "elastic-load-balancing": "elasticloadbalancing",
  "elastic-load-balancing-v2": "elasticloadbalancing",
  eventbridge: "events",
  iam: "iam",
  kms: "kms",
  sqs: "sqs",
};

/** Every action that a source can ask for, by the commands that it imports. */
export function actionsOf(file: string): string[] {
  const imports = readFileSync(file, "utf8").matchAll(/import \{([^}]*)\} from "@aws-sdk\/client-([\w-]+)"/g);
  return [...imports].flatMap(([, names = "", service = ""]) =>
    [...names.replaceAll(/ as \w+/g, "").matchAll(/\b(?:(\w+)Command|paginate(\w+))\b/g)].map(
      ([, command, pages]) => `${services[service]}:${command ?? pages}`,
    ),
  );
}
