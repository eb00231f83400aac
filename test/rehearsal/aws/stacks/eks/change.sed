s/\["api", "audit", "authenticator"\]/["api", "audit"]/
s/version                       = "1.34"/version = "1.35"/
s/203.0.113.0\/24/198.51.100.0\/24/
s/support_type = "STANDARD"/support_type = "EXTENDED"/
s/kubernetes_groups = \["viewers"\]/kubernetes_groups = ["viewers","more"]/
s/"All out"/"Everything out"/
s/message_retention_seconds = 300/message_retention_seconds = 600/
