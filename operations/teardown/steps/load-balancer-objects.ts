import type { ObjectKind } from "../../kubernetes/objects";
import { controllerState, deletion } from "../deletion";
import type { Step } from "../step";

const service: ObjectKind = { apiVersion: "v1", kind: "Service" };
const ingress: ObjectKind = { apiVersion: "networking.k8s.io/v1", kind: "Ingress" };
const gateway: ObjectKind = { apiVersion: "gateway.networking.k8s.io/v1", kind: "Gateway" };

/** This step deletes objects whose controllers make load balancers in AWS, and delete these with them. */
export const deleteLoadBalancerObjects: Step = {
  id: "load-balancer-objects",
  title: "Delete Services of type LoadBalancer, Ingresses and Gateways",
  verb: "delete",
  timeoutMinutes: 15,
  find: async ({ objects }) => {
    if (!objects) {
      return [];
    }
    const [services, ingresses, gateways] = await Promise.all([
      objects.list(service),
      objects.list(ingress),
      objects.list(gateway),
    ]);
    const exposed = services.filter(({ spec }) => spec?.["type"] === "LoadBalancer");
    const controller = await controllerState(objects);
    return [...ingresses, ...gateways, ...exposed].map((object) => deletion(objects, object, controller));
  },
};
