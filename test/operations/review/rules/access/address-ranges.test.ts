import { addressRangeOf, isAnywhere, rangesCover } from "../../../../../operations/review/rules/access/address-ranges";

function ranges(...cidrs: string[]) {
  return cidrs.flatMap((cidr) => addressRangeOf(cidr) ?? []);
}

test("networks hold what lies in them together, in whatever order", () => {
  const [whole] = ranges("10.0.0.0/14");

  expect(whole && rangesCover(ranges("10.2.0.0/15", "10.0.0.0/16", "10.1.0.0/16"), whole)).toBe(true);
  expect(whole && rangesCover(ranges("10.2.0.0/15", "10.1.0.0/16"), whole)).toBe(false);
  expect(whole && rangesCover(ranges("::/0"), whole)).toBe(false);
});

test.each(["0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/1", "2000::/3"])("%s is anywhere", (cidr) => {
  expect(ranges(cidr).map(isAnywhere)).toEqual([true]);
});

test.each(["10.0.0.0/8", "203.0.113.0/24", "192.0.2.1", "2001:db8::/32"])("%s is not", (cidr) => {
  expect(ranges(cidr).map(isAnywhere)).toEqual([false]);
});

test.each(["", "sg-1", "10.0.0.0/33", "(known after apply)"])("'%s' is no network", (text) => {
  expect(addressRangeOf(text)).toBeUndefined();
});
