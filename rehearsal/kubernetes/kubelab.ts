import type { GoProgram } from "../setup/go-program";

/** The program that is etcd, all servers of a control plane, kwok and kubectl, by its first argument. */
export const kubelab: GoProgram = {
  name: "kubelab",
  title: "the control plane",
  folder: "rehearsal/kubernetes/kubelab",
  variable: "KUBELAB",
};
