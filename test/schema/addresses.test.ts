import { check, expectMistake, mistakesAt } from "./mistakes";

const block = mistakesAt("cidrBlock", (cidrBlock) => ({ cidrBlock }));
const client = mistakesAt("apiAccess[0]", (network) => ({ apiAccess: [network] }));
const nextClient = mistakesAt("apiAccess[1]", (network) => ({ apiAccess: ["203.0.113.0/24", network] }));

test.each([
  block("a VPC with host bits set", "10.200.0.1/16", "write the network that it lies in, '10.200.0.0/16'"),
  block("a VPC that is not aligned to its size", "10.200.64.0/17", "lies in, '10.200.0.0/17'"),
  block("a VPC larger than EC2 takes", "10.0.0.0/15", "must be a /16 to /24, and is a /15"),
  block("a VPC of a whole class A network", "10.0.0.0/8", "and is a /8"),
  block("a VPC too small for its subnets", "10.200.0.0/25", "must be a /16 to /24, and is a /25"),
  block("a VPC too small for pods", "10.200.0.0/23", "the 3 whole /28s that the 30 pods of a node take"),
  block(
    "a VPC with room for nodes alone",
    "10.200.0.0/24",
    "take a /22 or larger, or give pods addresses of their own",
  ),
  block("a VPC of public addresses", "8.8.0.0/16", "is public address space; take a network inside 10.0.0.0/8"),
  block("a VPC right above 172.16.0.0/12", "172.32.0.0/16", "is public address space"),
  block("a VPC right above 100.64.0.0/10", "100.128.0.0/16", "is public address space"),
  block("a VPC right below 192.168.0.0/16", "192.167.0.0/16", "is public address space"),
  block("a VPC of link-local addresses", "169.254.0.0/16", "is link-local address space; take a network inside 10.0"),
  block("a VPC of loopback addresses", "127.0.0.0/16", "is loopback address space"),
  block("a VPC of multicast addresses", "224.0.0.0/16", "is multicast or reserved address space"),
  block("a VPC of addresses for benchmarks", "198.18.0.0/16", "is address space of benchmarks"),
  block("an IPv6 VPC", "2001:db8::/56", "is IPv6, which this platform's clusters do not use"),
  block("a VPC without prefix length", "10.200.0.0", "must be an IPv4 network from /16 to /24"),
  block("a prefix length with a leading zero", "10.200.0.0/016", "such as '10.200.0.0/16'"),
  block("an octet with a leading zero", "010.200.0.0/16", "such as '10.200.0.0/16'"),
  block("a space before a network", " 10.200.0.0/16", "such as '10.200.0.0/16'"),
  block("an octet above 255", "10.256.0.0/16", "such as '10.200.0.0/16'"),
  block("a prefix length above 32", "10.200.0.0/33", "such as '10.200.0.0/16'"),
  block("an address of three octets", "10.200.0/16", "such as '10.200.0.0/16'"),
  block("an address with a port, which is not IPv6 either", "10.200.0.0:80/16", "must be an IPv4 network"),
  block("a VPC that is a number", 10, "must be an IPv4 network from /16 to /24"),

  client(
    "a private client network",
    "10.0.0.0/8",
    "shares addresses with 10.0.0.0/8, which is reserved, so EKS refuses",
  ),
  client("a private client address", "192.168.1.7/32", "name the public addresses that clients come from"),
  client("a client network in 172.16.0.0/12", "172.20.0.0/16", "shares addresses with 172.16.0.0/12"),
  client("clients behind a carrier's NAT", "100.64.0.0/10", "shares addresses with 100.64.0.0/10"),
  client("a loopback client", "127.0.0.1/32", "shares addresses with 127.0.0.0/8"),
  client("a link-local client", "169.254.169.254/32", "shares addresses with 169.254.0.0/16"),
  client("a network of benchmarks", "198.18.0.0/15", "shares addresses with 198.18.0.0/15"),
  client("multicast clients", "224.0.0.0/4", "shares addresses with 224.0.0.0/3"),
  client("class E clients", "240.0.0.0/4", "shares addresses with 224.0.0.0/3"),
  client("the broadcast address", "255.255.255.255/32", "shares addresses with 224.0.0.0/3"),
  client("clients of 'this network'", "0.0.0.0/8", "shares addresses with 0.0.0.0/8"),
  client("half of all addresses, which holds private ones", "0.0.0.0/1", "is reserved, so EKS refuses it"),
  client("a network around 10.0.0.0/8", "8.0.0.0/6", "shares addresses with 10.0.0.0/8"),
  client("an IPv6 client network", "2001:db8::/32", "is IPv6, which this platform's clusters do not use"),
  client("all of IPv6", "::/0", "is IPv6"),
  client("a client address without prefix length", "203.0.113.7", "or '203.0.113.7/32' for one address"),
  client("a client network with host bits set", "203.0.113.7/24", "lies in, '203.0.113.0/24'"),
  client("a client network that is empty", "", "must be an IPv4 network in CIDR form"),
  client("a client that is a host name", "office.example.com", "must be an IPv4 network in CIDR form"),
  client("a client network that is null", null, "must be an IPv4 network in CIDR form"),

  nextClient("a client network that stands there twice", "203.0.113.0/24", "stands in the list twice; leave one out"),
  nextClient("a client address inside another entry", "203.0.113.7/32", "lies inside '203.0.113.0/24', another entry"),
])("%s is refused", expectMistake);

test("a client network is refused beside all addresses, wherever the two stand", () => {
  const line = "'203.0.113.0/24' lies inside '0.0.0.0/0', another entry; leave one of the two out";

  expect(check({ apiAccess: ["203.0.113.0/24", "0.0.0.0/0"] }).problems).toEqual([`clusters[0].apiAccess[0]: ${line}`]);
  expect(check({ apiAccess: ["0.0.0.0/0", "203.0.113.0/24"] }).problems).toEqual([`clusters[0].apiAccess[1]: ${line}`]);
});

test("more client networks are refused than EKS takes", () => {
  const apiAccess = Array.from({ length: 41 }, (_, index) => `203.0.113.${index}/32`);

  expect(check({ apiAccess }).problems).toEqual([
    expect.stringContaining("is longer than the 40 networks that EKS takes; join some of them"),
  ]);
  expect(check({ apiAccess: apiAccess.slice(1) }).problems).toEqual([]);
});

test("everything that is wrong with a block is said at once", () => {
  expect(check({ cidrBlock: "8.8.0.1/25" }).problems).toEqual([
    "clusters[0].cidrBlock: '8.8.0.1/25' has host bits set; write the network that it lies in, '8.8.0.0/25'",
    "clusters[0].cidrBlock: '8.8.0.1/25' must be a /16 to /24, and is a /25",
    expect.stringContaining("clusters[0].cidrBlock: '8.8.0.1/25' is public address space"),
  ]);
});
