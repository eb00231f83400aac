import { compareTraffic, flow } from "../../../../../operations/review/rules/access/traffic";

type Rule = [peer: string, protocol: string, from: number, to: number];

/** Every change between two lists of rules, a line each. */
function changes(before: readonly Rule[], after: readonly Rule[]): string[] {
  const [was, is] = [before, after].map((rules) => rules.map((rule) => flow(...rule)));
  return compareTraffic(was ?? [], is ?? [], {
    sentence: (peers, may, ports) => `${peers} ${may} reach ${ports}`,
    isDanger: ({ peer }) => peer === "0.0.0.0/0",
  }).map(({ severity, what }) => (severity === "danger" ? `danger: ${what}` : what));
}

function https(...peers: string[]): Rule[] {
  return peers.map((peer) => [peer, "tcp", 443, 443]);
}

describe("networks", () => {
  test("are sets of addresses: the same ones in other pieces are no change", () => {
    const [whole, halves] = [https("10.0.0.0/15"), https("10.1.0.0/16", "10.0.0.0/16")];

    expect([changes(whole, halves), changes(halves, whole)]).toEqual([[], []]);
    expect(changes(https("2001:db8::/32"), https("2001:0db8::/32"))).toEqual([]);
    expect(changes(https("10.0.0.1/16"), https("10.0.0.0/16"))).toEqual([]);
  });

  test("that are larger are wider by what they add", () => {
    expect(changes(https("10.1.0.0/16", "192.0.2.0/24"), https("10.0.0.0/8", "192.0.2.0/24"))).toEqual([
      "10.0.0.0/8 may reach tcp 443 (before only 10.1.0.0/16)",
    ]);
    expect(changes(https("10.0.0.0/8"), https("10.1.0.0/16"))).toEqual([
      "10.0.0.0/8 may no longer reach tcp 443 (now only 10.1.0.0/16)",
    ]);
  });

  test("of IPv4 hold none of IPv6", () => {
    expect(changes(https("0.0.0.0/0"), https("0.0.0.0/0", "::/0"))).toEqual(["::/0 may reach tcp 443"]);
  });

  test("do not hold a group, nor a group another", () => {
    expect(changes(https("10.0.0.0/8", "sg-1"), https("10.0.0.0/8", "sg-1", "sg-2"))).toEqual([
      "sg-2 may reach tcp 443",
    ]);
  });

  test("of which the same is said are one sentence, those that are a danger another", () => {
    expect(changes([], https("10.0.0.0/8", "0.0.0.0/0", "sg-1"))).toEqual([
      "10.0.0.0/8, sg-1 may reach tcp 443",
      "danger: 0.0.0.0/0 may reach tcp 443",
    ]);
    expect(changes(https("0.0.0.0/0"), [])).toEqual(["0.0.0.0/0 may no longer reach tcp 443"]);
  });
});

describe("ports", () => {
  const ports = (from: number, to: number): Rule => ["sg-1", "tcp", from, to];

  test("are wider by those that are new", () => {
    expect(changes([ports(80, 80), ports(443, 443)], [ports(79, 444)])).toEqual([
      "sg-1 may reach tcp 79",
      "sg-1 may reach tcp 81-442",
      "sg-1 may reach tcp 444",
    ]);
  });

  test("that several rules admit together are no change", () => {
    expect(changes([ports(1, 10), ports(11, 20)], [ports(5, 15)])).toEqual([
      "sg-1 may no longer reach tcp 1-4",
      "sg-1 may no longer reach tcp 16-20",
    ]);
  });

  test("are admitted for all of a network, or are new for it", () => {
    expect(
      changes(
        [
          ["10.0.0.0/9", "tcp", 1, 20],
          ["10.128.0.0/9", "tcp", 11, 30],
        ],
        [["10.0.0.0/8", "tcp", 1, 30]],
      ),
    ).toEqual([
      "10.0.0.0/8 may reach tcp 1-10 (before only 10.0.0.0/9)",
      "10.0.0.0/8 may reach tcp 21-30 (before only 10.128.0.0/9)",
    ]);
  });

  test("of which the same is said are one range", () => {
    const before: Rule[] = [
      ["10.1.0.0/16", "tcp", 1, 10],
      ["10.1.0.0/16", "tcp", 11, 20],
    ];

    expect(changes(before, [["10.0.0.0/8", "tcp", 1, 20]])).toEqual([
      "10.0.0.0/8 may reach tcp 1-20 (before only 10.1.0.0/16)",
    ]);
  });

  test("in the wrong order are those between", () => {
    expect(changes([ports(20, 10)], [ports(10, 20)])).toEqual([]);
  });
});

describe("protocols", () => {
  test("have names and numbers, and -1 is all of them", () => {
    expect(changes([["sg-1", "6", 443, 443]], https("sg-1"))).toEqual([]);
    expect(changes([["sg-1", "-1", 0, 0]], https("sg-1"))).toEqual(["sg-1 may no longer reach every port"]);
    expect(changes(https("sg-1"), [["sg-1", "-1", 0, 0]])).toEqual(["sg-1 may reach every port"]);
    expect(changes([], [["sg-1", "50", 0, 0]])).toEqual(["sg-1 may reach all of protocol 50"]);
    expect(changes([], [["sg-1", "tcp", Number.NaN, 7]])).toEqual(["sg-1 may reach all of tcp"]);
  });

  test("of ICMP have types and codes, and -1 is all of them", () => {
    const icmp = (type: number, code: number): Rule => ["sg-1", "icmp", type, code];

    expect(changes([icmp(-1, -1)], [icmp(-1, -1), icmp(8, 0)])).toEqual([]);
    expect(changes([icmp(8, -1)], [icmp(8, -1), icmp(8, 3)])).toEqual([]);
    expect(changes([icmp(8, 0)], [icmp(8, 0), icmp(8, 1)])).toEqual(["sg-1 may reach icmp 8"]);
    expect(changes([icmp(8, 0)], [icmp(-1, -1)])[0]).toMatch(/^sg-1 may reach icmp 0-/);
  });
});

test("very many rules are compared as they are written, so that it takes no time", () => {
  const rules = (network: string): Rule[] => Array.from({ length: 300 }, (_, index) => [network, "tcp", index, index]);

  expect(changes(rules("10.0.0.0/8"), [...rules("10.0.0.0/8"), ...rules("10.1.0.0/16")])).toHaveLength(300);
});
