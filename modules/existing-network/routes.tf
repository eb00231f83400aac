data "aws_route_tables" "associated" {
  for_each = toset(concat(var.private_subnet_ids, var.pod_subnet_ids, var.public_subnet_ids))
  vpc_id   = var.vpc_id

  filter {
    name   = "association.subnet-id"
    values = [each.key]
  }
}

locals {
  # A subnet that is associated with no table has the VPC's main one, of which AWS tells nobody but the VPC's owner (hashicorp/terraform-provider-aws#22708).
  route_tables = { for id, tables in data.aws_route_tables.associated : id => try(coalesce(one(tables.ids), data.aws_vpc.network.main_route_table_id), "") }
  inner        = [for id in concat(var.private_subnet_ids, var.pod_subnet_ids) : id if local.route_tables[id] != ""]
  outer        = [for id in var.public_subnet_ids : id if local.route_tables[id] != ""]
  unseen       = [for id, table in local.route_tables : id if table == ""]
}

data "aws_route_table" "private" {
  for_each       = toset(local.inner)
  route_table_id = local.route_tables[each.key]

  lifecycle {
    postcondition {
      condition     = anytrue([for route in self.routes : route.cidr_block == "0.0.0.0/0"])
      error_message = "${each.key} has no way out: its route table ${self.id} has no route to 0.0.0.0/0, and nodes reach no registry there. Have its owner add one to a NAT gateway, a transit gateway or the like; one that a virtual private gateway propagates Terraform does not see, so that a static one must stand beside it."
    }
    postcondition {
      condition     = !anytrue([for route in self.routes : route.cidr_block == "0.0.0.0/0" && startswith(route.gateway_id, "igw-")])
      error_message = "${each.key} is a public subnet: its route table ${self.id} leads to an internet gateway, through which nodes and pods without public addresses reach nothing. Name a subnet with a route to a NAT gateway, a transit gateway or the like."
    }
  }
}

data "aws_route_table" "public" {
  for_each       = toset(local.outer)
  route_table_id = local.route_tables[each.key]

  lifecycle {
    postcondition {
      condition     = anytrue([for route in self.routes : route.cidr_block == "0.0.0.0/0" && startswith(route.gateway_id, "igw-")])
      error_message = "${each.key} is not public: its route table ${self.id} leads 0.0.0.0/0 to no internet gateway, so a load balancer there is reached by nobody outside. Name public subnets, or leave network.publicSubnets out."
    }
  }
}

check "routes_of_the_owner" {
  assert {
    condition     = length(local.unseen) == 0
    error_message = "Nobody can see here the way out of ${join(", ", local.unseen)}, by the main route table of ${var.vpc_id}, which AWS shows to its owner ${data.aws_vpc.network.owner_id} alone. Have the owner associate a table with each subnet, or confirm that 0.0.0.0/0 leads private subnets and those of pods to a NAT gateway, a transit gateway or the like, and public ones to an internet gateway: aws ec2 describe-route-tables --filters Name=vpc-id,Values=${var.vpc_id} Name=association.main,Values=true."
  }
}
