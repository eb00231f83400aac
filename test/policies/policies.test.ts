import type { Policy } from "../../operations/review/rules/access/policy-document";
import { type Call, type Place, placeIn } from "./call";
import { ciliumCalls } from "./cilium-calls";
import { isAllowed, readPolicies } from "./decision";
import { documents } from "./documents";
import { karpenterCalls } from "./karpenter-calls";
import { serviceCalls, trustCalls } from "./service-calls";

const places = {
  AWS: { region: "eu-central-1", zones: ["eu-central-1a", "eu-central-1b"] },
  China: { region: "cn-north-1", zones: ["cn-north-1a", "cn-north-1b"] },
  GovCloud: { region: "us-gov-west-1", zones: ["us-gov-west-1a", "us-gov-west-1b"] },
};

function callsIn(place: Place): Call[] {
  return [...karpenterCalls(place), ...ciliumCalls(place), ...trustCalls(place), ...serviceCalls(place)];
}

/** Whether all that is asked for a call comes out as it should. */
function isRight({ questions, outcome }: Call, policies: Policy): boolean {
  return questions.every((question) => isAllowed(policies, question)) === (outcome === "allowed");
}

const name = "demo-k8s-cilium";

describe.each(Object.entries(places))("in %s", (_, { region, zones }) => {
  const place = placeIn(name, region);
  const texts = documents({ region, zones, admins: [place.arn("iam", "role/platform-admin", { region: "" })] });
  const policies = new Map(Object.entries(texts).map(([holder, all]) => [holder, readPolicies(all)]));
  const calls = callsIn(place);

  test.each(calls.map((call) => [call.holder, call.outcome, call.what, call] as const))(
    "%s: %s: %s",
    (holder, _outcome, _what, call) => {
      expect(isRight(call, policies.get(holder) ?? new Map())).toBe(true);
    },
  );

  test("every policy of the stacks is asked", () => {
    expect([...new Set(calls.map(({ holder }) => holder))].sort()).toEqual([...policies.keys()].sort());
  });
});

test("every part of every policy matters to one of these calls", () => {
  const calls = callsIn(placeIn(name, places.AWS.region));
  const idle = Object.entries(documents({})).flatMap(([holder, texts]) =>
    texts.flatMap((text, index) =>
      mutants(text)
        .filter(([, mutant]) => {
          const changed = readPolicies(texts.with(index, mutant));
          return calls.filter((call) => call.holder === holder).every((call) => isRight(call, changed));
        })
        .map(([part]) => `${holder}: ${part}`),
    ),
  );

  expect(idle).toEqual([]);
});

interface Statement {
  readonly Sid?: string;
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Returns a policy without each of its parts, by what that is: a statement, an action, a resource or the key of a condition. */
function mutants(text: string): [string, string][] {
  const document = JSON.parse(text) as { Statement: Statement[] };
  const { Statement: statements } = document;
  return statements.flatMap((statement, index) => {
    const { Sid = "", Action: actions, Resource: resources = [], Condition: conditions = {} } = statement;
    const changed = (part: string, ...instead: readonly object[]): [string, string] => [
      `${Sid} without ${part}`,
      JSON.stringify({ ...document, Statement: statements.toSpliced(index, 1, ...(instead as Statement[])) }),
    ];
    const shorter = (list: readonly string[], name: string) =>
      list.length < 2
        ? []
        : list.map((one, at) => changed(one, { ...statement, [name]: list.filter((_, other) => other !== at) }));
    return [
      changed("itself"),
      ...shorter(actions, "Action"),
      ...shorter(resources, "Resource"),
      ...Object.entries(conditions).flatMap(([operator, keys]) =>
        Object.keys(keys).map((key) => {
          const { [key]: _, ...rest } = keys;
          return changed(`${operator} ${key}`, { ...statement, Condition: { ...conditions, [operator]: rest } });
        }),
      ),
    ];
  });
}
