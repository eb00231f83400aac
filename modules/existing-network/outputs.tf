locals {
  vpc_networks = sort([for one in data.aws_vpc.network.cidr_block_associations : one.cidr_block if one.state == "associated"])
  # Of two networks that share addresses one lies in the other: with the shorter of both masks they begin alike.
  taken_by_services = var.service_cidr == "" ? [] : [for block in local.vpc_networks : block if length(distinct([for one in [block, var.service_cidr] : cidrhost(format("%s/%s", split("/", one)[0], min([for two in [block, var.service_cidr] : tonumber(split("/", two)[1])]...)), 0)])) == 1]
}

output "vpc_id" {
  value       = data.aws_vpc.network.id
  description = "The VPC"

  precondition {
    condition     = length(local.public_zones) == length(distinct(local.public_zones))
    error_message = "network.publicSubnets has two subnets in ${join(", ", distinct([for zone in local.public_zones : zone if length([for other in local.public_zones : other if other == zone]) > 1]))}, and a load balancer takes one of each zone. Leave one out."
  }
}

output "vpc_cidr_blocks" {
  value       = local.vpc_networks
  description = "All networks of the VPC"

  precondition {
    condition     = length(local.taken_by_services) == 0
    error_message = "controlPlane.serviceCidr ${var.service_cidr} shares addresses with ${join(", ", local.taken_by_services)} of ${var.vpc_id}: EKS makes no cluster so, and in one that runs pods reach nothing there. Name another network, which the VPC has not."
  }
}

output "private_subnet_ids" {
  value       = local.private[*].id
  description = "Subnets of nodes, and of pods that have none of their own"

  precondition {
    condition     = length(local.podless_zones) == 0
    error_message = "network.podSubnets has no subnet in ${join(", ", local.podless_zones)}, where network.privateSubnets has nodes, whose pods Cilium would give addresses of the nodes' own subnet without a word. Name one of each zone."
  }
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
