import type { AccessChange } from "./access-change";
import { hold, type Network, networkOf, overlap } from "./networks";

/** Traffic that a rule admits. */
export interface Flow {
  /** The other end: a network, or what stands for one, such as the id of a security group. */
  readonly peer: string;
  readonly network: Network | undefined;
  /** A name, a number, or `all`. */
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

/** What is said of traffic that is admitted, and when that is a danger. */
export interface TrafficWords {
  /** @param may - "may", or "may no longer" */
  readonly sentence: (peers: string, may: string, ports: string) => string;
  readonly isDanger: (flow: Flow) => boolean;
}

/** Traffic that others admit for some of its peers alone, if for any. */
interface Gap extends Flow {
  readonly except: readonly string[];
}

/** What security groups call a protocol, by its number, which they take as well. */
const protocols = new Map([
  ["-1", "all"],
  ["1", "icmp"],
  ["6", "tcp"],
  ["17", "udp"],
  ["58", "icmpv6"],
]);
const lastPort = 65_535;

/** Above this, rules are compared as they are written: a security group holds some hundreds at most. */
const manyPairs = 40_000;

/** Traffic as a rule of a security group has it. Ports that are no numbers are all ports. */
export function flow(peer: string, protocol: string, from: number, to: number): Flow {
  const name = protocols.get(protocol) ?? protocol.toLowerCase();
  const ports = name.startsWith("icmp") ? icmpRange(from, to) : /^(tcp|udp)$/.test(name) ? [from, to] : [];
  const [first = 0, last = lastPort] = ports.every(Number.isInteger) ? ports.toSorted((a, b) => a - b) : [];
  return { peer, network: networkOf(peer), protocol: name, from: first, to: last };
}

/** ICMP has a type and a code where others have ports, and -1 for all of them. */
function icmpRange(type: number, code: number): readonly number[] {
  return type < 0 ? [] : [type * 256 + Math.max(code, 0), type * 256 + (code < 0 ? 255 : code)];
}

/** What traffic is admitted that was not, and the reverse. */
export function compareTraffic(
  before: readonly Flow[],
  after: readonly Flow[],
  words: TrafficWords,
): readonly AccessChange[] {
  return [...said("wider", gaps(after, before), words), ...said("narrower", gaps(before, after), words)];
}

/** A sentence for all peers of which the same is said. */
function said(direction: "wider" | "narrower", found: readonly Gap[], words: TrafficWords): readonly AccessChange[] {
  const [may, other] = direction === "wider" ? ["may", "before"] : ["may no longer", "now"];
  const groups = new Map<
    string,
    { severity: AccessChange["severity"]; peers: string[]; ports: string; only: string }
  >();
  for (const gap of found) {
    const severity = direction === "wider" && words.isDanger(gap) ? "danger" : "caution";
    const ports = portsText(gap);
    const only = gap.except.length > 0 ? ` (${other} only ${gap.except.join(", ")})` : "";
    const key = JSON.stringify([severity, ports, only]);
    const group = groups.get(key) ?? { severity, peers: [], ports, only };
    group.peers.push(gap.peer);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ severity, peers, ports, only }) => ({
    direction,
    severity,
    what: words.sentence(peers.join(", "), may, ports) + only,
  }));
}

function portsText({ protocol, from, to }: Flow): string {
  if (from === 0 && to === lastPort) {
    return protocol === "all" ? "every port" : `all of ${/^\d/.test(protocol) ? "protocol " : ""}${protocol}`;
  }
  const [first, last] = protocol.startsWith("icmp") ? [from >> 8, to >> 8] : [from, to];
  return `${protocol} ${first === last ? first : `${first}-${last}`}`;
}

/** What others do not admit of some traffic. */
function gaps(flows: readonly Flow[], others: readonly Flow[]): readonly Gap[] {
  const written = ({ peer, protocol, from, to }: Flow) => JSON.stringify([peer, protocol, from, to]);
  const known = new Set(others.map(written));
  const fresh = flows.filter((one) => !known.has(written(one)));
  return fresh.length * others.length > manyPairs
    ? fresh.map((one) => ({ ...one, except: [] }))
    : fresh.flatMap((one) => gapsOf(one, others));
}

function gapsOf(whole: Flow, others: readonly Flow[]): readonly Gap[] {
  const near = others.filter((other) => meet(whole, other));
  // Between these ports, each of the others admits all or nothing.
  const starts = new Set([whole.from, ...near.flatMap(({ from, to }) => [from, to + 1])]);
  const inside = [...starts].filter((port) => port >= whole.from && port <= whole.to).sort((a, b) => a - b);
  const found: Gap[] = [];
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

/** Whether others of the same ports admit all of some traffic. */
function isAdmitted({ peer, network }: Flow, others: readonly Flow[]): boolean {
  const networks = others.flatMap((other) => other.network ?? []);
  return others.some((other) => other.peer === peer) || (network !== undefined && hold(networks, network));
}

/** Whether other traffic has peers in common, and a protocol. */
function meet(one: Flow, other: Flow): boolean {
  const protocol = other.protocol === "all" || other.protocol === one.protocol;
  const network = one.network !== undefined && other.network !== undefined && overlap(one.network, other.network);
  return protocol && (one.peer === other.peer || network);
}
