s/max_size     = 3/max_size     = 5/
s/role = "system"/role = "sys", added = "x"/
s/effect = "NO_SCHEDULE"/effect = "NO_EXECUTE"/
s/replicaCount = 2/replicaCount = 3/
s/eksbuild.1/eksbuild.2/
s/max_unavailable = 1/max_unavailable_percentage = 50/
