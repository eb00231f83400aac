import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { awsFailure } from "../../../operations/aws/failure";
import { awsSession } from "../../../operations/aws/session";
import type { Failure } from "../../../operations/command/failure";
import { cluster } from "../../support/settings";
import { withEnvironment } from "../../world/breaking";

const unset = { AWS_PROFILE: undefined, AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
const folder = mkdtempSync(join(tmpdir(), "aws-"));
const config = join(folder, "config");
const credentials = join(folder, "credentials");
writeFileSync(credentials, "");
writeFileSync(
  config,
  `[profile legacy]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-central-1
sso_account_id = 111122223333
sso_role_name = admin
[profile session]
sso_session = example
sso_account_id = 111122223333
sso_role_name = admin
[sso-session example]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-central-1
[profile login]
login_session = arn:aws:iam::111122223333:user/somebody
[profile keys]
aws_access_key_id = AKIAEXAMPLE
aws_secret_access_key = secret
[profile mfa]
role_arn = arn:aws:iam::111122223333:role/admin
source_profile = keys
mfa_serial = arn:aws:iam::111122223333:mfa/somebody
`,
);

afterAll(() => rmSync(folder, { recursive: true }));

/** What somebody reads whom the SDK's own chain gives no credentials. */
async function said(environment: Readonly<Record<string, string | undefined>>): Promise<Failure> {
  let failure: Promise<Failure> | undefined;
  await withEnvironment({
    ...unset,
    // No session of the machine's own may be found.
    HOME: folder,
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
    AWS_EC2_METADATA_DISABLED: "true",
    ...environment,
  })(async () => {
    failure = awsSession(cluster(), () => {})
      .identity()
      .then(
        () => Promise.reject(new Error("there are credentials")),
        (thrown) => thrown,
      );
    await failure;
  });
  return failure ?? Promise.reject(new Error("nothing was asked"));
}

test("without a profile, the variables that were looked at are named", async () => {
  expect(await said({})).toMatchObject({
    kind: "no credentials",
    message:
      "no AWS credentials were found: AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set, " +
      `and no profile 'default' in ${config} or ${credentials} gives any`,
    next: expect.stringContaining("set AWS_PROFILE"),
  });
});

test("of two keys of which one is set, the other is named", async () => {
  expect((await said({ AWS_ACCESS_KEY_ID: "AKIAEXAMPLE" })).message).toContain(
    "AWS_PROFILE and AWS_SECRET_ACCESS_KEY are not set",
  );
});

test("a profile that is in no file is named, and so are the files", async () => {
  expect(await said({ AWS_PROFILE: "nosuch" })).toMatchObject({
    kind: "no credentials",
    message: `no AWS credentials were found: the profile 'nosuch' of AWS_PROFILE is not in ${config} or ${credentials}, or gives none`,
    next: expect.stringContaining("aws configure list-profiles"),
  });
});

test.each([
  ["legacy", "SSO session", "aws sso login"],
  ["session", "SSO session", "aws sso login"],
  ["login", "login session", "aws login"],
])("a profile (%s) whose %s nobody has begun says how to begin it", async (profile, name, command) => {
  expect(await said({ AWS_PROFILE: profile })).toMatchObject({
    kind: "no credentials",
    message: `the ${name} of the profile '${profile}' of AWS_PROFILE is not there, or is not valid any more`,
    next: `${command} --profile ${profile}`,
  });
});

test("another reason is said in the SDK's words", async () => {
  expect((await said({ AWS_PROFILE: "mfa" })).message).toBe(
    "no AWS credentials were found: Profile mfa requires multi-factor authentication, but no MFA code callback was provided.",
  );
});

/** The failure of an error that has the SDK's name and words, where no file could bring it about. */
async function failureOf(name: string, message: string, profile?: string): Promise<Error> {
  let failure: Error | undefined;
  await withEnvironment({ ...unset, AWS_PROFILE: profile })(async () => {
    const error = Object.assign(new Error(message), { name });
    failure = await awsFailure(error, { system: "aws", action: "eks:DescribeCluster" }, async () => "somebody");
  });
  return failure ?? Promise.reject(new Error("nothing was thrown"));
}

test.each([
  "The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.",
  "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
])("an expired SSO session is no missing one: %s", async (message) => {
  expect(await failureOf("CredentialsProviderError", message, "work")).toMatchObject({
    message: "the SSO session of the profile 'work' of AWS_PROFILE has expired",
    next: "aws sso login --profile work",
  });
});

test("what SSO does not take any more is begun again", async () => {
  const message = "UnauthorizedException: Session token not found or invalid";

  expect(await failureOf("CredentialsProviderError", message)).toMatchObject({
    next: "aws sso login --profile default",
  });
});

test("credentials that AWS says have expired are named", async () => {
  const message = "The security token included in the request is expired";

  expect((await failureOf("ExpiredTokenException", message, "work")).message).toBe(
    "the AWS credentials have expired: those of the profile 'work' of AWS_PROFILE",
  );
  expect((await failureOf("ExpiredTokenException", message)).message).toBe("the AWS credentials have expired");
});
