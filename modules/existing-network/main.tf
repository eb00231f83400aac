# A module because CDKTF 0.21 has no check blocks, and expressions over lists of subnets would be text in it.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "vpc_id" {
  type        = string
  description = "VPC that is there"
}

variable "private_subnet_ids" {
  type        = list(string)
  description = "Subnets of nodes, and of pods that have none of their own"
}

variable "pod_subnet_ids" {
  type        = list(string)
  description = "Subnets of pods alone; empty if pods are in those of nodes"
}

variable "control_plane_subnet_ids" {
  type        = list(string)
  description = "Subnets of the control plane's network interfaces"
}

variable "public_subnet_ids" {
  type        = list(string)
  description = "Subnets of load balancers that face the internet"
}

variable "service_cidr" {
  type        = string
  description = "Network of Services; empty if EKS chooses"
}

data "aws_caller_identity" "caller" {}

data "aws_vpc" "network" {
  id = var.vpc_id

  lifecycle {
    # Private DNS names, the EKS API's among them, resolve only with both (EKS user guide, "VPC requirements").
    postcondition {
      condition     = self.enable_dns_support && self.enable_dns_hostnames
      error_message = "${self.id} has enableDnsSupport ${self.enable_dns_support} and enableDnsHostnames ${self.enable_dns_hostnames}, and nodes find the API of EKS only with both. Have its owner switch them on: aws ec2 modify-vpc-attribute --vpc-id ${self.id} --enable-dns-hostnames (or --enable-dns-support)."
    }
  }
}

data "aws_subnet" "all" {
  for_each = toset(concat(var.private_subnet_ids, var.pod_subnet_ids, var.control_plane_subnet_ids, var.public_subnet_ids))
  id       = each.key

  lifecycle {
    postcondition {
      condition     = self.vpc_id == var.vpc_id
      error_message = "${self.id} is a subnet of ${self.vpc_id}, and network.vpcId is ${var.vpc_id}. Name subnets of one VPC in settings.ts: aws ec2 describe-subnets --filters Name=vpc-id,Values=${var.vpc_id}."
    }
  }
}
