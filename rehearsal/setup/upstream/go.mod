// Modules of which files are copied. No Go source imports them, so `go mod tidy` would take them out.
module upstream

go 1.26.0

require (
	github.com/aws/karpenter-provider-aws v1.14.3
	github.com/cilium/cilium v1.20.2
	github.com/fluxcd/helm-controller v1.6.4
	github.com/fluxcd/kustomize-controller v1.9.5
	// Flux 2.9.5 has v1.9.4, which not every module proxy serves. Renovate overlooks a module with a comment behind it.
	github.com/fluxcd/notification-controller v1.9.3
	github.com/fluxcd/source-controller v1.9.5
)
