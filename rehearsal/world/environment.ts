import { CommandError } from "../../operations/command/failure";

/** Variables of this machine that what runs in a world gets. All others may hold credentials, or lead to real accounts, and are left out. */
const passedOn = new Set([
  // Of the machine. A proxy gets no calls to loopback, and may be the way to Terraform's registry.
  ...["PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "XDG_CACHE_HOME"],
  ...["LANG", "LC_ALL", "LC_CTYPE", "TZ", "TERM", "NO_COLOR", "CI"],
  // How much memory Go's programs take to save time, which Terraform and the API server are.
  "GOGC",
  ...["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS"],
  // Of Terraform: which program it is, and where its providers come from.
  ...["TERRAFORM_BINARY_NAME", "TF_CLI_CONFIG_FILE", "TF_PLUGIN_CACHE_DIR"],
  // Of what stands in.
  ...["PYTHON", "REHEARSAL_CACHE", "KUBELAB", "CHART_RENDERER"],
]);

/**
 * Returns the variables of this machine that servers of a world get, and what runs in it.
 * @param given - variables of a process
 */
export function machineEnvironment(given: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const direct = [given.NO_PROXY ?? given.no_proxy, "127.0.0.1", "localhost", "::1"].filter(Boolean).join();
  return {
    ...Object.fromEntries(Object.entries(given).filter(([name]) => passedOn.has(name))),
    // Else files in the home folder would be read, and the machine asked whether it is one of EC2's.
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    CHECKPOINT_DISABLE: "1",
    NO_PROXY: direct,
    no_proxy: direct,
  };
}

/**
 * Returns all variables of what runs in a world, and nothing that leads out of it.
 * @param given - variables of a process
 * @param world - variables of the world
 * @throws CommandError if AWS or GitHub are not on a loopback address
 */
export function worldEnvironment(
  given: NodeJS.ProcessEnv,
  world: Readonly<Record<string, string | undefined>>,
): NodeJS.ProcessEnv {
  const problems = endpointProblems(world);
  if (problems.length > 0) {
    throw new CommandError(
      `a rehearsal runs against stand-ins on a loopback address and nowhere else: ${problems.join("; ")}`,
    );
  }
  return { ...machineEnvironment(given), ...world };
}

/** Returns what in a world's variables leads, or may lead, out of it. */
function endpointProblems(environment: Readonly<Record<string, string | undefined>>): string[] {
  const { AWS_ENDPOINT_URL, GITHUB_BASE_URL, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS } = environment;
  const outside = Object.entries(environment).filter(
    ([name, url]) => /^AWS_ENDPOINT_URL(_|$)|^GITHUB_BASE_URL$/.test(name) && !isLoopback(url),
  );
  return [
    ...outside.map(([name, url]) => `${name} is '${url}'`),
    ...(AWS_ENDPOINT_URL ? [] : ["AWS_ENDPOINT_URL is not set"]),
    ...(GITHUB_BASE_URL ? [] : ["GITHUB_BASE_URL is not set"]),
    ...(AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === "true" ? ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is 'true'"] : []),
  ];
}

function isLoopback(url = ""): boolean {
  return URL.canParse(url) && ["127.0.0.1", "localhost", "[::1]"].includes(new URL(url).hostname);
}
