# First installation of Flux, made to be repeated: what is there already stays.
set -eu

# Once Flux keeps itself, its CRDs carry the name of the Kustomization that applies them, and `flux install` refuses them.
owner=$(kubectl get crd gitrepositories.source.toolkit.fluxcd.io --ignore-not-found \
  --output 'jsonpath={.metadata.labels.kustomize\.toolkit\.fluxcd\.io/name}')
if [ -z "$owner" ]; then
  # No --version: it would be downloaded, while the manifests of this version are in the CLI.
  flux install --components=source-controller,kustomize-controller,helm-controller,notification-controller
fi

# Server-side as `kubectl`: kustomize-controller takes such fields over without a conflict.
printf '%s' "$SYNC" | kubectl apply --server-side --force-conflicts --filename -
kubectl --namespace flux-system wait kustomization/flux-system --for=condition=Ready --timeout=5m
