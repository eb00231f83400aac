import { check, expectMistake, mistakesAt } from "./mistakes";

const region = mistakesAt("region", (value) => ({ region: value }));
const zones = mistakesAt("zones", (value) => ({ zones: value }));
const zone = mistakesAt("zones[1]", (value) => ({ zones: ["eu-central-1a", value] }));
const endpoint = mistakesAt("endpoints[0]", (value) => ({ endpoints: [value] }));

test.each([
  region("a region in capitals", "EU-CENTRAL-1", "must be the code of a region"),
  region("a region by its place", "Frankfurt", "such as 'eu-central-1'"),
  region("a zone as region", "eu-central-1a", "must be the code of a region"),
  region("a region with a slip", "eu-cental-1", "goes into newInAws, too; did you mean 'eu-central-1'?"),
  region("a region without a dash", "us-gov-west1", "did you mean 'us-gov-west-1'?"),
  region(
    "a region that does not exist",
    "eu-central-9",
    "one that is newer than November 2026 goes into newInAws, too; did you",
  ),
  region("a region in no part of the world", "eu-mars-1", "must be the code of a region"),
  region("a partition as region", "us-gov-1", "must be the code of a region of AWS, AWS China or AWS GovCloud"),
  region("a region of an isolated partition", "us-iso-east-1", "AWS China or AWS GovCloud, such as 'eu-central-1'"),
  region("a region of the European sovereign cloud", "eusc-de-east-1", "AWS China or AWS GovCloud"),
  region("a region of nothing", "", "must be the code of a region"),

  zone("a zone of another region", "eu-west-1b", "is no availability zone of eu-central-1; write 'eu-central-1a'"),
  zone("a region as zone", "eu-central-1", "is no availability zone of eu-central-1"),
  zone("a zone by its letter", "b", "is no availability zone of eu-central-1"),
  zone(
    "a zone by its id",
    "euc1-az2",
    "is the id of a zone; write the name that it has in your account, such as 'eu-cen",
  ),
  zone(
    "a local zone",
    "eu-central-1-ham-1a",
    "is a Local Zone, in which EKS puts no control plane; write 'eu-central-1a'",
  ),
  zone("a wavelength zone", "eu-central-1-wl1-ber-wlz-1", "is a Wavelength Zone, in which EKS puts no control plane"),
  zone("a zone that no region has", "eu-central-1z", "whose zones are eu-central-1a, eu-central-1b, eu-central-1c;"),
  zone("a fourth zone of three", "eu-central-1d", "; one that is newer than November 2026 goes into newInAws, too"),
  zone("a zone with a capital", "eu-central-1B", "is no availability zone of eu-central-1"),
  zone("a zone of a region with a longer number", "eu-central-11b", "is no availability zone of eu-central-1"),
  zone("a zone that stands there twice", "eu-central-1a", "stands in the list twice; leave one out"),
  zone("a zone that is a number", 2, "must be the name of an availability zone"),
  zones("one zone", ["eu-central-1a"], "must be two zones at least: EKS wants its network interfaces in two"),
  zones("no zone", [], "must be two zones at least"),
  zones("a zone without a list", "eu-central-1a", "must be a list of availability zones"),

  endpoint("an unknown service", "s4", "must be one of 'ecr.api', 'ecr.dkr', 'ec2'"),
  endpoint("S3, which has its gateway endpoint always", "s3", "must be one of"),
  endpoint("a service by its whole name", "com.amazonaws.eu-central-1.sts", "must be one of"),
  endpoint("a service in capitals", "STS", "'aps-workspaces'; did you mean 'sts'?"),
  endpoint("a service with a slip", "ec2mesages", "'aps-workspaces'; did you mean 'ec2messages'?"),
])("%s is refused", expectMistake);

test("five zones are refused", () => {
  const zones = [..."abcde"].map((letter) => `us-east-1${letter}`);

  expect(check({ region: "us-east-1", zones }).problems).toEqual([
    expect.stringMatching(/^clusters\[0\]\.zones: \[.*'us-east-1e'.*\] must be four zones at most/),
  ]);
});

test("a service that stands twice among the endpoints is refused", () => {
  expect(check({ endpoints: ["sts", "ec2", "sts"] }).problems).toEqual([
    "clusters[0].endpoints[2]: 'sts' stands in the list twice; leave one out",
  ]);
});

const newer = mistakesAt("newInAws[0]", (value) => ({ newInAws: [value] }));

test.each([
  newer("a region that is known", "eu-central-1", "is known without it; leave it out"),
  newer("a zone that is known", "us-east-1f", "is known without it; leave it out"),
  newer("an instance type that is known", "m8g.large", "is known without it; leave it out"),
  newer(
    "a local zone",
    "us-east-1-bos-1a",
    "must be the code of a region, the name of an availability zone or an arm64",
  ),
  newer("an instance type of x86", "m99i.large", "or an arm64 instance type"),
  newer("a region of an isolated partition", "us-iso-south-1", "must be the code of a region"),
  newer("a family without a size", "m99g", "or an arm64 instance type"),
  newer("a number", 9, "must be the code of a region, the name of an availability zone or"),
  mistakesAt("newInAws", (value) => ({ newInAws: value }))(
    "one region without a list",
    "eu-central-9",
    "must be a list of",
  ),
])("what is newer than the tables: %s is refused", expectMistake);

test("a region that is new has zones of its own name alone", () => {
  const places = { newInAws: ["eu-central-9"], region: "eu-central-9", zones: ["eu-central-9a", "eu-central-1b"] };

  expect(check(places).problems).toEqual([
    "clusters[0].zones[1]: 'eu-central-1b' is no availability zone of eu-central-9; write 'eu-central-9a' or the like",
  ]);
});

test.each([
  ["us-west-1", "abc", "d"],
  ["us-east-1", "abcdef", "g"],
  ["ap-northeast-1", "abcd", "e"],
  ["ca-central-1", "abd", "c"],
  ["cn-north-1", "abd", "c"],
  ["eu-west-2", "abcd", "e"],
  ["sa-west-1", "abc", "d"],
])("the zones of %s are %s, and %s is none", (place, letters, none) => {
  const at = (letter: string) => check({ region: place, zones: [`${place}a`, place + letter], endpoints: [] }).problems;

  expect([...letters].slice(1).flatMap((letter) => at(letter).filter((line) => line.includes("zones")))).toEqual([]);
  expect(at(none)).toContainEqual(
    expect.stringContaining(`whose zones are ${[...letters].map((one) => place + one).join(", ")};`),
  );
});

const govCloud = { region: "us-gov-west-1", zones: ["us-gov-west-1a", "us-gov-west-1b"] };
const china = { region: "cn-north-1", zones: ["cn-north-1a", "cn-north-1b"] };

test.each([
  ["a commercial principal in GovCloud", govCloud, "arn:aws:iam::111122223333:role/admin", "arn:aws-us-gov:iam::…"],
  ["a GovCloud principal in a commercial region", {}, "arn:aws-us-gov:iam::111122223333:role/admin", "arn:aws:iam::…"],
  ["a commercial principal in China", china, "arn:aws:iam::111122223333:role/admin", "arn:aws-cn:iam::…"],
  ["a Chinese principal in a commercial region", {}, "arn:aws-cn:iam::111122223333:user/admin", "arn:aws:iam::…"],
])("%s is refused", (_, place, admin, wayOut) => {
  expect(check({ ...place, admins: [admin] }).problems).toEqual([
    expect.stringMatching(`^clusters\\[0\\]\\.admins\\[0\\]: '${admin}' is not of .*'s partition; write '${wayOut}'$`),
  ]);
});

test("interface endpoints are refused in China, the default ones included", () => {
  const admins = ["arn:aws-cn:iam::111122223333:role/admin"];

  for (const endpoints of [["sts"], undefined]) {
    expect(check({ ...china, admins, endpoints }).problems).toEqual([
      expect.stringContaining("must be [] in AWS China, whose services name their endpoints without a rule"),
    ]);
  }
});

test("a state bucket of another partition is refused, for which the same credentials are no good", () => {
  expect(check({ backend: { type: "s3", bucket: "state", region: "cn-north-1" } }).problems).toEqual([
    "clusters[0].backend.region: 'cn-north-1' is not of eu-central-1's partition, and credentials are good for one; take a bucket of the same",
  ]);
});
