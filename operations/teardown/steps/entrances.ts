import type { ObjectKind } from "../../kubernetes/objects";
import { controllersIn, deletion } from "../deletion";
import type { Step } from "../step";

const service: ObjectKind = { apiVersion: "v1", kind: "Service" };
const routed: readonly ObjectKind[] = [
  { apiVersion: "networking.k8s.io/v1", kind: "Ingress" },
  { apiVersion: "gateway.networking.k8s.io/v1", kind: "Gateway" },
];

/** What makes load balancers. */
export const deleteEntrances: Step = {
  id: "entrances",
  title: "Delete Services of type LoadBalancer, Ingresses and Gateways",
  verb: "delete",
  timeout: 15,
  find: async ({ objects }) => {
    if (!objects) {
      return [];
    }
    const [services = [], ...others] = await Promise.all([service, ...routed].map((kind) => objects.list(kind)));
    const balanced = services.filter(({ spec }) => spec?.["type"] === "LoadBalancer");
    const controller = await controllersIn(objects);
    return [...others.flat(), ...balanced].map((object) => deletion(objects, object, controller));
  },
};
