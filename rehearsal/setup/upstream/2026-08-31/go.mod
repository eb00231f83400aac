// Modules of which files are copied. No Go source imports them, so `go mod tidy` would take them out.
module upstream

go 1.26.0

require (
	github.com/aws/karpenter-provider-aws v1.14.1
	github.com/cilium/cilium v1.20.1
	github.com/fluxcd/helm-controller v1.6.3
	github.com/fluxcd/kustomize-controller v1.9.4
	github.com/fluxcd/notification-controller v1.9.3
	github.com/fluxcd/source-controller v1.9.4
)
