import { CommandError, errorOf, Failure, networkError } from "../../command/failure";

/** OpenSSL's codes of certificates, and Node's of one for another name. */
const certificateCode = /^(?:UNABLE_TO_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|ERR_TLS_CERT_)/;

/** Codes of what is no TLS, no HTTP or no gzip. */
const garbledCode = /^(?:EPROTO$|ERR_SSL_|HPE_|Z_)/;

/**
 * Returns what to throw of what broke a call to a host. What breaks is asked again, and what cannot be reached too: a run waits, and
 * nobody is there who would hear of it at once.
 */
export function failureOfCall(thrown: unknown, name: string): unknown {
  const error = errorOf(thrown);
  const code = "code" in error ? String(error.code) : "";
  if (certificateCode.test(code)) {
    return new CommandError(
      `${name} has a certificate that is not trusted (${code}): NODE_EXTRA_CA_CERTS names a file of authorities`,
    );
  }
  if (garbledCode.test(code)) {
    return new Failure("unexpected", `${name} answers what cannot be read (${code})`, "see what stands before it", {
      retryAfter: 1_000,
    });
  }
  const broken = networkError(thrown);
  return broken === undefined || broken === "no answer in time"
    ? thrown
    : new Failure("unreachable", `${name} does not answer (${broken})`, "check the way to it", { retryAfter: 1_000 });
}
