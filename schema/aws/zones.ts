// Sources, as read in November 2026: "AWS Availability Zones" and "AZ IDs" in the guide "AWS Regions and Availability Zones"; the zones
// that moto 5.2.5 (PyPI) recorded of 30 regions; for Beijing, eksctl-io/eksctl#3916.

/** Every region has three zones at least, and nearly all call them so. */
const usual = "abc";

/**
 * Letters of the zones of other regions. An account may have fewer: in the oldest regions AWS gives each account letters of its own, and
 * new accounts see no zone that is full (two of three in us-west-1, three of four in ap-northeast-1).
 */
const unusual: Readonly<Record<string, string>> = {
  "ap-northeast-1": "abcd",
  "ap-northeast-2": "abcd",
  "ca-central-1": "abd",
  "cn-north-1": "abd",
  "eu-west-2": "abcd",
  "us-east-1": "abcdef",
  "us-west-2": "abcd",
};

/** Returns the availability zones that accounts have in a region. */
export function zonesOf(region: string): string[] {
  return [...(unusual[region] ?? usual)].map((letter) => region + letter);
}
