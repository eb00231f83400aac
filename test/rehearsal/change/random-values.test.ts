import { type State, standInsFor, withStandIns } from "../../../rehearsal/change/random-values";

function state(resources: Readonly<Record<string, object>>): State {
  return {
    resources: Object.entries(resources).map(([address, attributes]) => {
      const [type = "", name = ""] = address.split(".");
      return { mode: "managed", type, name, instances: [{ attributes: { ...attributes } }] };
    }),
  };
}

/** One world's states: ids are random, and so is the order in which a set holds them. */
function world(one: string, other: string): State[] {
  const subnets = [`subnet-${one}`, `subnet-${other}`].sort();
  return [
    state({ "aws_subnet.a": { id: `subnet-${one}` }, "aws_subnet.b": { id: `subnet-${other}` } }),
    state({ "aws_eks_cluster.cluster": { id: "demo", vpc_config: [{ subnet_ids: subnets }] } }),
  ];
}

const ids = ["0a1b2c3d4e5f60718", "0fedcba9876543210"] as const;

test("an id has the same stand-in in every world, of its own length", () => {
  const [one, other] = [standInsFor(world(...ids), []), standInsFor(world(ids[1], ids[0]), [])];

  expect(one.get(ids[0])).toMatch(/^\d{17}$/);
  expect(one.get(ids[0])).not.toBe(one.get(ids[1]));
  expect([other.get(ids[1]), other.get(ids[0])]).toEqual([one.get(ids[0]), one.get(ids[1])]);
});

test.each([
  ["an id in an ARN", `arn:aws:ec2:eu-central-1:111122223333:vpc/vpc-${ids[0]}`, /vpc\/vpc-\d{17}$/],
  ["a public address", "52.57.12.9", /^198\.18\.\d+\.\d+$/],
  ["a UUID", "3d813cbb-47fb-32ba-91df-831e1593ac29", /^\d{8}(?:-\d{4}){3}-\d{12}$/],
  ["a suffix that the provider makes of the time", "cluster-20261127181312345600000001", /^cluster-\d{26}$/],
  ["a certificate", `${"LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0t".repeat(3)}==`, /^\d{40}$/],
])("%s is replaced", (_, value, expected) => {
  const standIns = standInsFor([state({ "aws_thing.one": { attribute: value } })], [{ account: "111122223333" }]);
  const replaced = withStandIns(value, standIns);

  expect(replaced).not.toBe(value);
  expect(replaced).toMatch(expected);
  expect(replaced).toContain(value.includes("111122223333") ? "111122223333" : "");
});

test("an id that happens to have no letter gets the stand-in of one that has some", () => {
  const [plain, mixed] = ["01234567890123456", "0a1b2c3d4e5f60718"].map((id) =>
    [...standInsFor([state({ "aws_launch_template.one": { id: `lt-${id}` } })], []).values()].join(),
  );

  expect(plain).toBe(mixed);
});

test("what the stacks say is not random, nor are words and short numbers", () => {
  const kept = { account: "111122223333", digest: "sha256:0123456789abcdef", status: "ACTIVE", version: "1.36" };
  const standIns = standInsFor([state({ "aws_thing.one": { ...kept, policy: "AmazonEKSClusterPolicy" } })], [kept]);

  expect(standIns.size).toBe(0);
});

test("ports of this machine and times are left out", () => {
  const text = "https://127.0.0.1:43121/x at 2026-11-27T18:13:12.5Z and 2026-11-27T18:13:12+01:00";

  expect(withStandIns(text, new Map())).toBe("https://127.0.0.1/x at 1970-01-01T00:00:00Z and 1970-01-01T00:00:00Z");
});
