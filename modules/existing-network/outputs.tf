locals {
  vpc_networks = sort([for one in data.aws_vpc.network.cidr_block_associations : one.cidr_block if one.state == "associated"])
  # Of two networks that share addresses one lies in the other: with the shorter of both masks they begin alike. No VPC has addresses of
  # both networks of which EKS chooses (172.20.0.0/16 and 10.100.0.0/16): AWS lets none have blocks of 172.16.0.0/12 and of 10.0.0.0/8.
  shortest_masks       = var.service_cidr == "" ? {} : { for block in local.vpc_networks : block => min([for one in [block, var.service_cidr] : tonumber(split("/", one)[1])]...) }
  shared_with_services = [for block, mask in local.shortest_masks : block if length(distinct([for one in [block, var.service_cidr] : cidrhost("${split("/", one)[0]}/${mask}", 0)])) == 1]
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
}

# A warning: EKS refuses to make such a cluster itself, and of one that runs no plan is to depend on a block that the owner adds.
check "networks_of_services" {
  assert {
    condition     = length(local.shared_with_services) == 0
    error_message = "controlPlane.serviceCidr ${var.service_cidr} shares addresses with ${join(", ", local.shared_with_services)} of ${var.vpc_id}. EKS makes no cluster so: name a network that the VPC has not. Of a cluster that is there it cannot be changed, and pods reach nothing of the VPC by these addresses: have the VPC's owner take that block away."
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
