import { worldEnvironment } from "../../../rehearsal/world/environment";

const world = {
  AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
  AWS_ACCESS_KEY_ID: "dummy",
  GITHUB_BASE_URL: "http://localhost:8080/",
};

test("what runs in a world gets no credentials and endpoints but the world's", () => {
  const real = {
    AWS_PROFILE: "production",
    AWS_ENDPOINT_URL_S3: "https://s3.example",
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
    GITHUB_OWNER: "real",
    TF_TOKEN_app_terraform_io: "real",
    TF_VAR_token: "real",
    KUBECONFIG: "/home/real/.kube/config",
    OTEL_EXPORTER_OTLP_ENDPOINT: "https://traces.example",
    npm_config_registry: "https://registry.example",
  };

  expect(worldEnvironment({ PATH: "/bin", ...real }, world)).toEqual({
    PATH: "/bin",
    ...world,
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    CHECKPOINT_DISABLE: "1",
    NO_PROXY: "127.0.0.1,localhost,::1",
    no_proxy: "127.0.0.1,localhost,::1",
  });
});

test("a proxy stays the way to all that is not on loopback", () => {
  const proxied = { HTTPS_PROXY: "http://proxy.example:3128", no_proxy: "mirror.example" };

  expect(worldEnvironment(proxied, world)).toMatchObject({
    HTTPS_PROXY: "http://proxy.example:3128",
    NO_PROXY: "mirror.example,127.0.0.1,localhost,::1",
    no_proxy: "mirror.example,127.0.0.1,localhost,::1",
  });
});

test.each([
  [{ AWS_ENDPOINT_URL: "https://eks.eu-central-1.amazonaws.com" }, "AWS_ENDPOINT_URL is 'https://eks.eu"],
  [{ AWS_ENDPOINT_URL: undefined }, "AWS_ENDPOINT_URL is not set"],
  [{ AWS_ENDPOINT_URL: "http://127.0.0.1.example.com" }, "example.com"],
  [{ AWS_ENDPOINT_URL_EKS: "https://eks.amazonaws.com" }, "AWS_ENDPOINT_URL_EKS is"],
  [{ GITHUB_BASE_URL: "https://api.github.com/" }, "GITHUB_BASE_URL is 'https://api.github.com/'"],
  [{ GITHUB_BASE_URL: undefined }, "GITHUB_BASE_URL is not set"],
])("an environment that leads out of a world is refused: %j", (changes, words) => {
  expect(() => worldEnvironment({}, { ...world, ...changes })).toThrow(words);
});
