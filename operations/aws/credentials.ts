import { shortMessage } from "../../platform/visible-text";
import { Failure } from "../command/failure";

const whoAmI = "aws sts get-caller-identity says who you are";
const logIn = `log in (aws sso login), or set AWS_PROFILE; ${whoAmI}`;

/** Says why the SDK's default chain has no credentials: which profile, which variables or which session is missing. */
export function missingCredentials(thrown: Error): Failure {
  const { message } = thrown;
  const { AWS_PROFILE: profile } = process.env;
  const session = sessions.find(({ pattern }) => pattern.test(message));
  if (session) {
    const state = /expired/i.test(message) ? "has expired" : "is not there, or is not valid any more";
    const command = `${session.command} --profile ${profile || "default"}`;
    return failure(`the ${session.name} of ${profileText(profile || "default")} ${state}`, command, thrown);
  }
  if (!nothingFound.test(message)) {
    return failure(`no AWS credentials were found: ${shortMessage(message)}`, logIn, thrown);
  }
  const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = process.env;
  const files = `${AWS_CONFIG_FILE || "~/.aws/config"} or ${AWS_SHARED_CREDENTIALS_FILE || "~/.aws/credentials"}`;
  return profile
    ? failure(
        `no AWS credentials were found: ${profileText(profile)} is not in ${files}, or gives none`,
        `set AWS_PROFILE to one of those that aws configure list-profiles shows; ${whoAmI}`,
        thrown,
      )
    : failure(
        `no AWS credentials were found: ${unsetVariables()} not set, and no profile 'default' in ${files} gives any`,
        logIn,
        thrown,
      );
}

/** Says of which profile or variable the credentials are that AWS says have expired. */
export function expiredCredentials(thrown: Error): Failure {
  const { AWS_PROFILE: profile, AWS_ACCESS_KEY_ID: key } = process.env;
  if (profile) {
    const next = `renew them (aws sso login --profile ${profile}); ${whoAmI}`;
    return failure(`the AWS credentials have expired: those of ${profileText(profile)}`, next, thrown);
  }
  return failure(`the AWS credentials have expired${key ? ": those of AWS_ACCESS_KEY_ID" : ""}`, logIn, thrown);
}

/** Says that AWS does not know the credentials, or that they do not fit together. */
export function wrongCredentials(thrown: Error): Failure {
  return failure(`AWS does not accept the credentials (${thrown.name})`, logIn, thrown);
}

function failure(message: string, next: string, cause: Error): Failure {
  return new Failure("no credentials", message, next, { cause });
}

/** The SDK's words when all of its chain gave nothing, and when a profile of the files did. */
const nothingFound = /^Could not (?:load credentials from any providers|resolve credentials using profile)/;

/** The SDK's words when it needs somebody to log in again; SSO's own service says UnauthorizedException. */
const sessions = [
  { pattern: /aws sso login|UnauthorizedException/, name: "SSO session", command: "aws sso login" },
  { pattern: /aws login|reauthenticate|^Failed to load token from /, name: "login session", command: "aws login" },
];

function profileText(profile: string): string {
  return process.env["AWS_PROFILE"] ? `the profile '${profile}' of AWS_PROFILE` : `the profile '${profile}'`;
}

/** Returns which variables of credentials are not set, with the verb: `AWS_PROFILE and AWS_ACCESS_KEY_ID are`. */
function unsetVariables(): string {
  const unset = ["AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].filter((name) => !process.env[name]);
  return unset.length === 1 ? `${unset} is` : `${unset.slice(0, -1).join(", ")} and ${unset.at(-1)} are`;
}
