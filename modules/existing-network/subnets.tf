locals {
  private       = [for id in var.private_subnet_ids : data.aws_subnet.all[id]]
  pods          = [for id in var.pod_subnet_ids : data.aws_subnet.all[id]]
  control_plane = [for id in var.control_plane_subnet_ids : data.aws_subnet.all[id]]
  public_zones  = [for id in var.public_subnet_ids : data.aws_subnet.all[id].availability_zone]
  node_zones    = distinct(local.private[*].availability_zone)
  podless_zones = length(local.pods) == 0 ? [] : setsubtract(local.node_zones, local.pods[*].availability_zone)
  # Of subnets of other accounts the owner's tags are not seen; whoever shares them may set others.
  own_untagged = {
    "kubernetes.io/role/internal-elb" = [for id in var.private_subnet_ids : id if local.is_own[id] && !contains(keys(data.aws_subnet.all[id].tags), "kubernetes.io/role/internal-elb")]
    "kubernetes.io/role/elb"          = [for id in var.public_subnet_ids : id if local.is_own[id] && !contains(keys(data.aws_subnet.all[id].tags), "kubernetes.io/role/elb")]
  }
  is_own = { for id, subnet in data.aws_subnet.all : id => subnet.owner_id == data.aws_caller_identity.caller.account_id }
  # An interface's own, and three /28s: for 30 pods, and the 8 addresses that Cilium has in reserve.
  addresses_of_pods = 1 + 3 * 16
  # Where pods have subnets of their own, a node's first interface has no prefix.
  addresses_of_a_node = length(local.pods) == 0 ? local.addresses_of_pods : 1
  # EKS asks for six to make a cluster (EKS user guide, "Subnet requirements for clusters").
  addresses_of_control_plane = 6
  full                       = [for subnet in local.private : "${subnet.id} (${subnet.available_ip_address_count} left)" if subnet.available_ip_address_count < local.addresses_of_a_node]
  tight                      = [for subnet in local.control_plane : "${subnet.id} (${subnet.available_ip_address_count} left)" if subnet.available_ip_address_count < local.addresses_of_control_plane]
  # Of a zone's subnets Cilium takes the one with most addresses left.
  left_for_pods = { for subnet in local.pods : subnet.availability_zone => subnet.available_ip_address_count... }
  full_of_pods  = [for zone, left in local.left_for_pods : "${zone} (${max(left...)} left)" if contains(local.node_zones, zone) && max(left...) < local.addresses_of_pods]
}

# These warn and refuse nothing: a cluster that runs has taken addresses itself, and its plans go on.
check "room_for_prefixes" {
  assert {
    condition     = length(local.full) == 0
    error_message = "No node fits any more into ${join(", ", local.full)}: ${local.addresses_of_a_node == 1 ? "each takes an address" : "each takes ${local.addresses_of_a_node} addresses, in whole /28s but for one. How many whole /28s are free, EC2 does not say"}. Name larger private subnets, or more."
  }
  assert {
    condition     = length(local.full_of_pods) == 0
    error_message = "The pods of no further node fit into network.podSubnets of ${join(", ", local.full_of_pods)}: those of each take ${local.addresses_of_pods} addresses of one subnet, in whole /28s but for one. How many whole /28s are free, EC2 does not say. Name larger subnets, or more."
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

# A load balancer sends nothing to nodes of a zone in which it has no subnet (user guide of Network Load Balancers, "Availability Zones").
check "zones_of_load_balancers" {
  assert {
    condition     = length(local.public_zones) == 0 || length(setsubtract(local.node_zones, local.public_zones)) == 0
    error_message = "Load balancers that face the internet send nothing to nodes in ${join(", ", setsubtract(local.node_zones, local.public_zones))}, where network.publicSubnets has no subnet. Name one of each zone of network.privateSubnets."
  }
}
