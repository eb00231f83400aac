"""The EKS API, which moto has only in outline."""
