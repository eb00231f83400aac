# A module because CDKTF 0.21 has no ephemeral resources; cdktn 0.24 types this one as EphemeralAwsEksClusterAuth.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "cluster_name" {
  type        = string
  description = "EKS cluster to authenticate to"
}

ephemeral "aws_eks_cluster_auth" "cluster" {
  name = var.cluster_name
}

output "token" {
  value       = ephemeral.aws_eks_cluster_auth.cluster.token
  ephemeral   = true
  description = "Bearer token of the caller, valid for 15 minutes and in no state or plan"
}
