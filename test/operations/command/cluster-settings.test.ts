import { clusterSettings } from "../../../operations/command/cluster-settings";
import { demo } from "../../../rehearsal/life/demo-settings";

jest.mock("../../../settings", () => ({ __esModule: true, clusters: [] }));
const settings: { clusters: unknown[] } = jest.requireMock("../../../settings");

const production = { ...demo, name: "production", cidrBlock: "10.201.0.0/16" };

test("a command gets the settings of the cluster that it names, with every default", () => {
  settings.clusters = [demo, production];

  expect(clusterSettings("production", "npm run verify --")).toMatchObject({
    name: "production",
    natGateways: "per-zone",
  });
});

test.each([
  [
    "a slip",
    "prodution",
    "settings.ts has no cluster 'prodution'; it has demo-k8s-cilium, production; did you mean 'production'?",
  ],
  ["another name", "zzz", "settings.ts has no cluster 'zzz'; it has demo-k8s-cilium, production"],
  ["no name", undefined, "name a cluster: settings.ts has demo-k8s-cilium, production"],
])("%s is met with the names that there are", (_, name, message) => {
  settings.clusters = [demo, production];

  expect(() => clusterSettings(name, "npm run verify --")).toThrow(message);
});

test("a command can say what to do about a name that it does not find, whether it is like another or not", () => {
  settings.clusters = [demo, production];
  const whenUnknown = (name: string, meant: string | undefined) => (meant ? undefined : `put ${name} back`);
  const next = (name: string) => {
    try {
      return clusterSettings(name, "npm run teardown --", whenUnknown);
    } catch (thrown) {
      return (thrown as { readonly next: string }).next;
    }
  };

  expect(next("zzz")).toBe("put zzz back");
  expect(next("prodution")).toBe("npm run teardown -- production");
});

test("the only cluster is named, and never taken without being typed", () => {
  settings.clusters = [demo];

  expect(() => clusterSettings(undefined, "npm run teardown --")).toThrow(
    expect.objectContaining({
      message: "name a cluster: settings.ts has demo-k8s-cilium",
      next: "npm run teardown -- demo-k8s-cilium",
    }),
  );
});

test("a file that exports no clusters is told so", () => {
  Reflect.deleteProperty(settings, "clusters");

  expect(() => clusterSettings("demo-k8s-cilium", "npm run verify --")).toThrow(
    "settings.ts has a mistake\n\n  clusters: missing; it must be a list of clusters: export const clusters: ",
  );
});

test("mistakes in the settings are all said", () => {
  settings.clusters = [{ ...demo, region: "nowhere", cidrBlock: "x" }];

  expect(() => clusterSettings("demo-k8s-cilium", "npm run verify --")).toThrow(
    /^settings\.ts has \d+ mistakes\n\n.*region.*cidrBlock/s,
  );
});
