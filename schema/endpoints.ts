import { oneOf, uniqueList } from "./rule";

/** Traffic that each interface endpoint keeps off the NAT gateways. */
const purposes = {
  "ecr.api": "authorization of image pulls from ECR",
  "ecr.dkr": "manifests of images in ECR (the layers come from S3)",
  ec2: "Cilium's ENI management and Karpenter",
  sts: "roles of service accounts (IRSA)",
  logs: "CloudWatch Logs",
  eks: "nodes that join, and Karpenter",
  sqs: "Karpenter's interruption queue",
  ssm: "AMI look-ups by Karpenter, Session Manager",
  ssmmessages: "Session Manager's shells",
  ec2messages: "Session Manager's agent",
  kms: "encryption with keys of KMS",
  elasticloadbalancing: "load balancer controllers",
  autoscaling: "autoscalers",
  "eks-auth": "EKS Pod Identity",
  elasticfilesystem: "the EFS CSI driver",
  secretsmanager: "secret operators",
  monitoring: "CloudWatch metrics",
  xray: "traces",
  sns: "notifications",
  events: "EventBridge",
  "aps-workspaces": "Amazon Managed Prometheus",
} as const;

/** A service with an interface endpoint, by the last part of its name (`com.amazonaws.<region>.<service>`). */
export type EndpointService = keyof typeof purposes;

/** Services that nodes, Cilium, Karpenter and IRSA call. */
export const defaultEndpoints: EndpointService[] = ["ecr.api", "ecr.dkr", "ec2", "sts", "logs", "eks", "sqs", "ssm"];

export const endpointServices = uniqueList(
  oneOf(Object.keys(purposes) as EndpointService[]),
  "must be a list of AWS services; an empty list means none (S3 is always there, by a gateway endpoint)",
);
