import { deprecatedCalls } from "../../../../operations/upgrade/readiness/deprecated-calls";

const name = "apiserver_requested_deprecated_apis";

test("calls are read of the one metric, whatever the order of its labels", () => {
  const metrics = [
    `# HELP ${name} Gauge of deprecated APIs`,
    `${name}{version="v1beta1",group="networking.k8s.io",resource="ipaddresses",subresource="status",removed_release="1.37"} 1`,
    `${name}{group="",removed_release="",resource="endpoints",subresource="",version="v1"} 1 1790000000`,
    `${name}_others{group="a",removed_release="1.37",resource="b",subresource="",version="v1"} 1`,
    'apiserver_request_total{resource="pods"} 7',
    "",
  ].join("\n");

  expect(deprecatedCalls(metrics)).toEqual([
    {
      group: "networking.k8s.io",
      version: "v1beta1",
      resource: "ipaddresses",
      subresource: "status",
      removedIn: "1.37",
    },
    { group: "", version: "v1", resource: "endpoints", subresource: "", removedIn: "" },
  ]);
});

test("a gauge at nothing is no call, and quotes within a label end none", () => {
  expect(deprecatedCalls(`${name}{group="a",removed_release="1.37",resource="b",version="v1"} 0`)).toEqual([]);
  expect(deprecatedCalls(`${name}{group="a",resource="b\\",removed_release=\\"1.30",version="v1"} 1`)).toEqual([
    expect.objectContaining({ removedIn: "" }),
  ]);
});
