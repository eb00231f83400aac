import { cover, isAnywhere, networkOf } from "../../../../../operations/review/rules/access/networks";

function networks(...cidrs: string[]) {
  return cidrs.flatMap((cidr) => networkOf(cidr) ?? []);
}

test("networks hold what lies in them together, in whatever order", () => {
  const [whole] = networks("10.0.0.0/14");

  expect(whole && cover(networks("10.2.0.0/15", "10.0.0.0/16", "10.1.0.0/16"), whole)).toBe(true);
  expect(whole && cover(networks("10.2.0.0/15", "10.1.0.0/16"), whole)).toBe(false);
  expect(whole && cover(networks("::/0"), whole)).toBe(false);
});

test.each(["0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/1", "2000::/3"])("%s is anywhere", (cidr) => {
  expect(networks(cidr).map(isAnywhere)).toEqual([true]);
});

test.each(["10.0.0.0/8", "203.0.113.0/24", "192.0.2.1", "2001:db8::/32"])("%s is not", (cidr) => {
  expect(networks(cidr).map(isAnywhere)).toEqual([false]);
});

test.each(["", "sg-1", "10.0.0.0/33", "(known after apply)"])("'%s' is no network", (text) => {
  expect(networkOf(text)).toBeUndefined();
});
