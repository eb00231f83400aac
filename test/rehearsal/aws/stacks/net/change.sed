s/Name = local.name }/Name = local.name, Extra = "1" }/
