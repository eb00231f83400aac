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
  description = "Subnets of nodes and pods"
}

variable "control_plane_subnet_ids" {
  type        = list(string)
  description = "Subnets of the control plane's network interfaces"
}

variable "public_subnet_ids" {
  type        = list(string)
  description = "Subnets of load balancers that face the internet"
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
  for_each = toset(concat(var.private_subnet_ids, var.control_plane_subnet_ids, var.public_subnet_ids))
  id       = each.key

  lifecycle {
    postcondition {
      condition     = self.vpc_id == var.vpc_id
      error_message = "${self.id} is a subnet of ${self.vpc_id}, and network.vpcId is ${var.vpc_id}. Name subnets of one VPC in settings.ts: aws ec2 describe-subnets --filters Name=vpc-id,Values=${var.vpc_id}."
    }
  }
}

# A subnet that is associated with no table has the VPC's main one.
data "aws_route_tables" "associated" {
  for_each = toset(concat(var.private_subnet_ids, var.public_subnet_ids))
  vpc_id   = var.vpc_id

  filter {
    name   = "association.subnet-id"
    values = [each.key]
  }
}

data "aws_route_table" "private" {
  for_each       = toset(var.private_subnet_ids)
  route_table_id = try(data.aws_route_tables.associated[each.key].ids[0], data.aws_vpc.network.main_route_table_id)

  lifecycle {
    postcondition {
      condition     = anytrue([for route in self.routes : route.cidr_block == "0.0.0.0/0"])
      error_message = "${each.key} has no way out: its route table ${self.id} has no route to 0.0.0.0/0, and nodes reach no registry there. Have its owner add one to a NAT gateway, a transit gateway or the like."
    }
    postcondition {
      condition     = !anytrue([for route in self.routes : route.cidr_block == "0.0.0.0/0" && startswith(route.gateway_id, "igw-")])
      error_message = "${each.key} is a public subnet: its route table ${self.id} leads to an internet gateway, through which nodes and pods without public addresses reach nothing. Name a subnet with a route to a NAT gateway, a transit gateway or the like."
    }
  }
}

data "aws_route_table" "public" {
  for_each       = toset(var.public_subnet_ids)
  route_table_id = try(data.aws_route_tables.associated[each.key].ids[0], data.aws_vpc.network.main_route_table_id)

  lifecycle {
    postcondition {
      condition     = anytrue([for route in self.routes : route.cidr_block == "0.0.0.0/0" && startswith(route.gateway_id, "igw-")])
      error_message = "${each.key} is not public: its route table ${self.id} leads 0.0.0.0/0 to no internet gateway, so a load balancer there is reached by nobody outside. Name public subnets, or leave network.publicSubnets out."
    }
  }
}

locals {
  private       = [for id in var.private_subnet_ids : data.aws_subnet.all[id]]
  control_plane = [for id in var.control_plane_subnet_ids : data.aws_subnet.all[id]]
  # Tags are seen and set by a subnet's owner alone: AWS shares none of them.
  own_untagged = {
    "kubernetes.io/role/internal-elb" = [for id in var.private_subnet_ids : id if local.is_own[id] && !contains(keys(data.aws_subnet.all[id].tags), "kubernetes.io/role/internal-elb")]
    "kubernetes.io/role/elb"          = [for id in var.public_subnet_ids : id if local.is_own[id] && !contains(keys(data.aws_subnet.all[id].tags), "kubernetes.io/role/elb")]
  }
  is_own = { for id, subnet in data.aws_subnet.all : id => subnet.owner_id == data.aws_caller_identity.caller.account_id }
  # Its own, and three /28s: for 30 pods, and the 8 addresses that Cilium has in reserve.
  addresses_of_a_node = 1 + 3 * 16
  # EKS asks for six to make a cluster (EKS user guide, "Subnet requirements for clusters").
  addresses_of_control_plane = 6
  full                       = [for subnet in local.private : "${subnet.id} (${subnet.available_ip_address_count} left)" if subnet.available_ip_address_count < local.addresses_of_a_node]
  tight                      = [for subnet in local.control_plane : "${subnet.id} (${subnet.available_ip_address_count} left)" if subnet.available_ip_address_count < local.addresses_of_control_plane]
}

# These warn and refuse nothing: a cluster that runs has taken addresses itself, and its plans go on.
check "room_for_prefixes" {
  assert {
    condition     = length(local.full) == 0
    error_message = "No node fits any more into ${join(", ", local.full)}: each takes ${local.addresses_of_a_node} addresses, in whole /28s but for one. How many whole /28s are free, EC2 does not say. Name larger private subnets, or more."
  }
  assert {
    condition     = length(local.tight) == 0
    error_message = "EKS needs ${local.addresses_of_control_plane} addresses in ${join(", ", local.tight)}, of the control plane. Name subnets with more."
  }
}

check "tags_of_load_balancers" {
  assert {
    condition     = alltrue([for ids in values(local.own_untagged) : length(ids) == 0])
    error_message = "Controllers put no load balancer into subnets without their tag: ${join("; ", [for tag, ids in local.own_untagged : "aws ec2 create-tags --resources ${join(" ", ids)} --tags Key=${tag},Value=1" if length(ids) > 0])}."
  }
}

output "vpc_id" {
  value       = data.aws_vpc.network.id
  description = "The VPC"
}

output "vpc_cidr_blocks" {
  value       = sort([for one in data.aws_vpc.network.cidr_block_associations : one.cidr_block if one.state == "associated"])
  description = "All networks of the VPC"
}

output "private_subnet_ids" {
  value       = local.private[*].id
  description = "Subnets of nodes and pods"

  precondition {
    condition     = length(distinct(local.private[*].availability_zone)) >= 2
    error_message = "network.privateSubnets are all in ${join(", ", distinct(local.private[*].availability_zone))}, whose failure would end the cluster. Name subnets in two zones at least."
  }
}

output "control_plane_subnet_ids" {
  value       = local.control_plane[*].id
  description = "Subnets of the control plane's network interfaces"

  precondition {
    condition     = length(distinct(local.control_plane[*].availability_zone)) >= 2
    error_message = "network.controlPlaneSubnets are all in ${join(", ", distinct(local.control_plane[*].availability_zone))}, and EKS wants its network interfaces in two zones. Name subnets in two zones at least."
  }
}
