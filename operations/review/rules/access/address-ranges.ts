import { Address4, Address6 } from "ip-address";

/** The addresses from the first to the last, both included. */
export interface AddressRange {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** Parses a network in CIDR form; undefined for other text, such as the id of a security group. */
export function addressRangeOf(cidr: string): AddressRange | undefined {
  const [Address, version, bits] = cidr.includes(":") ? ([Address6, 6, 128] as const) : ([Address4, 4, 32] as const);
  if (!Address.isValid(cidr)) {
    return undefined;
  }
  const address = new Address(cidr);
  const size = 2n ** BigInt(bits - address.subnetMask);
  const first = (address.bigInt() / size) * size;
  return { version, first, last: first + size - 1n };
}

/** Returns whether several ranges together cover all of another. */
export function rangesCover(ranges: readonly AddressRange[], other: AddressRange): boolean {
  const inOrder = ranges.toSorted((a, b) => Number(a.first > b.first) - Number(a.first < b.first));
  let next = other.first;
  for (const { version, first, last } of inOrder) {
    if (version === other.version && first <= next && last >= next) {
      next = last + 1n;
    }
  }
  return next > other.last;
}

export function rangesOverlap(one: AddressRange, other: AddressRange): boolean {
  return one.version === other.version && one.first <= other.last && other.first <= one.last;
}

/** Returns whether a range is larger than a /8 (IPv6: a /16), as no owner has one: 0.0.0.0/0 can be written as two halves. */
export function isAnywhere({ version, first, last }: AddressRange): boolean {
  return last - first >= (version === 4 ? 2n ** 24n : 2n ** 112n);
}
