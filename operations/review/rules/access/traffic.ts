import type { AccessChange } from "./access-change";
import { type AddressRange, addressRangeOf, rangesCover, rangesOverlap } from "./address-ranges";

/** Traffic that a rule admits. */
export interface Flow {
  /** The other end, as it is written: a network, or what stands for one, such as the id of a security group. */
  readonly peer: string;
  /** The peer's addresses; undefined if it is no network. */
  readonly range: AddressRange | undefined;
  /** A name in small letters, a number that has no name here, or `all`. */
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

/** The sentence about traffic that is admitted, and when that is a danger. */
export interface TrafficPhrases {
  /** @param may - "may", or "may no longer" */
  readonly sentence: (peers: string, may: string, ports: string) => string;
  readonly isDanger: (flow: Flow) => boolean;
}

/** Traffic that others do not admit. */
interface UncoveredTraffic extends Flow {
  /** Peers among its own for which others do admit it. */
  readonly except: readonly string[];
}

/** Names of protocols by their numbers: security groups take both. */
const protocolNames = new Map([
  ["-1", "all"],
  ["1", "icmp"],
  ["6", "tcp"],
  ["17", "udp"],
  ["58", "icmpv6"],
]);
const lastPort = 65_535;

/** Pairs of flows. If there are more, flows are compared as they are written: a security group holds some hundreds at most. */
const manyPairs = 40_000;

/** Returns traffic as a rule of a security group names it. Ports that are no numbers are all ports. */
export function flow(peer: string, protocol: string, from: number, to: number): Flow {
  const name = protocolNames.get(protocol) ?? protocol.toLowerCase();
  const ports = portRange(name, from, to);
  const [first = 0, last = lastPort] = ports.every(Number.isInteger) ? ports.toSorted((a, b) => a - b) : [];
  return { peer, range: addressRangeOf(peer), protocol: name, from: first, to: last };
}

/** Returns the ports that a protocol has; none if it has no ports, or if all are meant. */
function portRange(protocol: string, from: number, to: number): readonly number[] {
  if (protocol.startsWith("icmp")) {
    return icmpRange(from, to);
  }
  return /^(tcp|udp)$/.test(protocol) ? [from, to] : [];
}

/** Returns the type and the code of ICMP, where -1 is all of them, as a range of ports: `type * 256 + code`. */
function icmpRange(type: number, code: number): readonly number[] {
  return type < 0 ? [] : [type * 256 + Math.max(code, 0), type * 256 + (code < 0 ? 255 : code)];
}

/** Returns what traffic is admitted that was not, and the reverse. */
export function compareTraffic(
  before: readonly Flow[],
  after: readonly Flow[],
  phrases: TrafficPhrases,
): readonly AccessChange[] {
  return [
    ...trafficChanges("wider", uncoveredTraffic(after, before), phrases),
    ...trafficChanges("narrower", uncoveredTraffic(before, after), phrases),
  ];
}

/** Returns a sentence for all peers of which the same is said. */
function trafficChanges(
  direction: AccessChange["direction"],
  uncovered: readonly UncoveredTraffic[],
  phrases: TrafficPhrases,
): readonly AccessChange[] {
  const [may, other] = direction === "wider" ? ["may", "before"] : ["may no longer", "now"];
  const groups = new Map<
    string,
    { severity: AccessChange["severity"]; peers: string[]; ports: string; only: string }
  >();
  for (const one of uncovered) {
    const severity = direction === "wider" && phrases.isDanger(one) ? "danger" : "caution";
    const ports = portsText(one);
    const only = one.except.length > 0 ? ` (${other} only ${one.except.join(", ")})` : "";
    const key = JSON.stringify([severity, ports, only]);
    const group = groups.get(key) ?? { severity, peers: [], ports, only };
    group.peers.push(one.peer);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ severity, peers, ports, only }) => ({
    direction,
    severity,
    what: phrases.sentence(peers.join(", "), may, ports) + only,
  }));
}

function portsText({ protocol, from, to }: Flow): string {
  if (protocol.startsWith("what ")) {
    return protocol;
  }
  if (from === 0 && to === lastPort) {
    return protocol === "all" ? "every port" : `all of ${/^\d/.test(protocol) ? "protocol " : ""}${protocol}`;
  }
  const [first, last] = protocol.startsWith("icmp") ? [from >> 8, to >> 8] : [from, to];
  return `${protocol} ${first === last ? first : `${first}-${last}`}`;
}

/** Returns the traffic that others do not admit. */
function uncoveredTraffic(flows: readonly Flow[], others: readonly Flow[]): readonly UncoveredTraffic[] {
  const written = ({ peer, protocol, from, to }: Flow) => JSON.stringify([peer, protocol, from, to]);
  const known = new Set(others.map(written));
  const fresh = flows.filter((one) => !known.has(written(one)));
  return fresh.length * others.length > manyPairs
    ? fresh.map((one) => ({ ...one, except: [] }))
    : fresh.flatMap((one) => uncoveredRanges(one, others));
}

/**
 * Returns the ranges of ports in which others do not admit all of some traffic.
 *
 *     10.0.0.0/8 tcp 80-90    beside    10.0.0.0/8 tcp 80-85 and 10.1.0.0/16 tcp 80-90
 *
 * gives 10.0.0.0/8 tcp 86-90 `except` 10.1.0.0/16.
 */
function uncoveredRanges(whole: Flow, others: readonly Flow[]): readonly UncoveredTraffic[] {
  const near = others.filter((other) => areRelated(whole, other));
  // Between these ports, each of the others admits all or nothing.
  const starts = new Set([whole.from, ...near.flatMap(({ from, to }) => [from, to + 1])]);
  const inside = [...starts].filter((port) => port >= whole.from && port <= whole.to).sort((a, b) => a - b);
  const found: UncoveredTraffic[] = [];
  for (const [index, from] of inside.entries()) {
    const to = (inside[index + 1] ?? whole.to + 1) - 1;
    const there = near.filter((other) => other.from <= from && other.to >= to);
    const previous = found.at(-1);
    if (isAdmitted(whole, there)) {
      continue;
    }
    const except = there.map(({ peer }) => peer);
    if (previous?.to === from - 1 && `${previous.except}` === `${except}`) {
      found.splice(-1, 1, { ...previous, to });
    } else {
      found.push({ ...whole, from, to, except });
    }
  }
  return found;
}

/** Returns whether others, of the same ports, together admit all of some traffic. */
function isAdmitted({ peer, range }: Flow, others: readonly Flow[]): boolean {
  const ranges = others.flatMap((other) => other.range ?? []);
  return others.some((other) => other.peer === peer) || (range !== undefined && rangesCover(ranges, range));
}

/** Returns whether two flows have addresses or a peer in common, and the other one has the first one's protocol. */
function areRelated(one: Flow, other: Flow): boolean {
  const protocol = other.protocol === "all" || other.protocol === one.protocol;
  const range = one.range !== undefined && other.range !== undefined && rangesOverlap(one.range, other.range);
  return protocol && (one.peer === other.peer || range);
}
