import { expectMistake, mistakesAt } from "./mistakes";

const backend = mistakesAt("backend", (value) => ({ backend: value }));
const type = mistakesAt("backend.type", (value) => ({ backend: { type: value } }));
const bucket = mistakesAt("backend.bucket", (value) => ({ backend: { type: "s3", bucket: value } }));
const region = mistakesAt("backend.region", (value) => ({ backend: { type: "s3", bucket: "state", region: value } }));
const s3 = (setting: string) =>
  mistakesAt(`backend.${setting}`, (value) => ({ backend: { type: "s3", bucket: "state", [setting]: value } }));
const prefix = s3("prefix");
const kmsKeyId = s3("kmsKeyId");
const roleArn = s3("roleArn");
const cloud = (setting: string) =>
  mistakesAt(`backend.${setting}`, (value) => ({ backend: { type: "cloud", organization: "acme", [setting]: value } }));
const organization = cloud("organization");
const project = cloud("project");
const hostname = cloud("hostname");

test.each([
  backend("a backend by its name", "s3", "must be { type: 'local' }, { type: 's3', bucket: '…' } or"),
  backend("a backend that is null", null, "must be { type: 'local' }"),
  type("a backend without a type", undefined, "must be { type: 'local' }"),
  type("a backend of a type in capitals", "S3", "organization: '…' }; did you mean 's3'?"),
  type("a backend of an unknown type", "gcs", "{ type: 'cloud', organization: '…' }"),

  bucket("an S3 backend without a bucket", undefined, "must be the name of an S3 bucket"),
  bucket("a bucket with capitals", "State", "3 to 63 lower-case letters, digits, dashes and dots"),
  bucket("a bucket with an underscore", "my_state", "must be the name of an S3 bucket"),
  bucket("a bucket of two characters", "ab", "3 to 63"),
  bucket("a bucket of 64 characters", "a".repeat(64), "3 to 63"),
  bucket("a bucket that begins with a dash", "-state", "must begin and end with a letter or digit"),
  bucket("a bucket that ends with a dot", "state.", "must begin and end with a letter or digit"),
  bucket("a bucket with two dots in a row", "my..state", "has two dots in a row"),
  bucket("a bucket that reads as an address", "192.168.5.4", "reads as an IP address"),
  bucket("a bucket that begins as punycode", "xn--state", "begins with 'xn--', which S3 keeps"),
  bucket("a bucket that begins as S3's own", "sthree-state", "begins with 'sthree-'"),
  bucket("a bucket out of S3's examples", "amzn-s3-demo-bucket", "begins with 'amzn-s3-demo-'"),
  bucket("a bucket that ends as an access point's alias", "state-s3alias", "ends with '-s3alias', which S3 keeps"),
  bucket("an object lambda's alias", "state--ol-s3", "ends with '--ol-s3'"),
  bucket("a multi-region access point", "state.mrap", "ends with '.mrap'"),
  bucket("a directory bucket", "state--euc1-az1--x-s3", "ends with '--x-s3'"),
  bucket("a table bucket", "state--table-s3", "ends with '--table-s3'"),
  bucket("a bucket's ARN", "arn:aws:s3:::state", "must be the name alone; write 'state'"),
  bucket("a bucket's address", "s3://state", "must be the name alone; write 'state'"),
  region("a bucket in an unknown region", "europe", "must be the code of a region"),
  region("a bucket in a region that does not exist", "eu-central-9", "goes into newInAws, too"),
  prefix("a prefix that begins with a slash", "/platform", "without '/' at its ends"),
  prefix("a prefix that ends with a slash", "platform/", "such as 'platform/eu', without '/' at its ends"),
  prefix("a prefix with an empty word", "platform//eu", "must be words of letters, digits, '-', '_' and '.'"),
  prefix("a prefix that leads up", "platform/../other", "must be words of letters"),
  prefix("a prefix with a space", "my platform", "must be words of letters"),
  prefix("a prefix of nothing", "", "must be words of letters"),
  prefix("a prefix of 513 characters", "p".repeat(513), "512 characters at most"),
  kmsKeyId("a key by a word", "terraform-state", "must be a KMS key: its ARN, such as 'arn:aws:kms:eu-central-1:"),
  kmsKeyId("a key that KMS never gives", "1234abcd-12ab-34cd-56ef-1234567890ab", "its id, or its alias, such as"),
  kmsKeyId(
    "a key of another region than the bucket's",
    "arn:aws:kms:eu-west-1:111122223333:key/0ea3c8c1-6d1f-4b0e-9f57-2a5d1c6b7e80",
    "is not of eu-central-1, where the bucket is",
  ),
  roleArn("a user for the state", "arn:aws:iam::111122223333:user/ops", "must be the ARN of an IAM role, such as"),
  roleArn("a session for the state", "arn:aws:sts::111122223333:assumed-role/ops/me", "must be the ARN of an IAM role"),
  roleArn("a role by its name", "terraform-state", "must be the ARN of an IAM role"),
  roleArn("a role of another partition", "arn:aws-cn:iam::111122223333:role/state", "write 'arn:aws:iam::…'"),

  organization("an HCP Terraform backend without an organization", undefined, "must be an organization"),
  organization("an organization with a space", "acme inc", "3 to 40 letters, digits, '-' and '_'"),
  organization("an organization of two characters", "ac", "3 to 40"),
  project("a project with a slash", "platform/eks", "must be a project"),
  project("a project with a space at its end", "platform ", "must be a project: 3 to 40 letters, digits, spaces"),
  project("a project of 41 characters", "p".repeat(41), "3 to 40"),
  hostname("a host with its protocol", "https://app.eu.terraform.io", "without https:// and path"),
  hostname("a host with a path", "app.terraform.io/acme", "without https:// and path"),
  hostname("a host without a domain", "terraform", "must be a host name such as 'app.eu.terraform.io'"),
  hostname("a host with a dash at its edge", "-app.terraform.io", "must be a host name"),
  hostname("a host with a port that is none", "tfe.example.com:https", "with a port if it is not 443"),
  hostname("a host with a port above all", "tfe.example.com:65536", "must be a host name"),
  hostname("a host with a port with a leading zero", "tfe.example.com:0443", "must be a host name"),
  hostname("a host with a colon and no port", "tfe.example.com:", "must be a host name"),
  hostname("a host that ends with a dot", "app.terraform.io.", "must be a host name"),
])("%s is refused", expectMistake);
