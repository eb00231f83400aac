#!/usr/bin/env bash
# test-fork.sh: takes this project to CDKTF's fork as decision 7 says, and compares what both write of settings.ts and of every example.
# Needs npm's registry, and terraform on PATH: CDKTF asks for its version where a backend is "cloud".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CHECKPOINT_DISABLE=1

for library in cdktf fork; do
  mkdir "$work/$library"
  tar --create --exclude=./.git --exclude=./cdktf.out --exclude=./node_modules --exclude=./state . | tar --extract --directory "$work/$library"
done
ln -s "$PWD/node_modules" "$work/cdktf/node_modules"

# The command that people are told to type, which is the first in a block of its own.
command=$(sed -n '/^```sh$/,/^```$/p' docs/decisions/7-cdktf.md | sed '1d;/^```/,$d')
(cd "$work/fork" && bash -euc "$command" >&2)

for settings in settings.ts examples/*.ts; do
  for library in cdktf fork; do
    # As the examples say in their first comment.
    sed 's#"../schema#"./schema#' "$settings" >"$work/$library/settings.ts"
    (cd "$work/$library" && CDKTF_OUTDIR="$work/written/$library/$settings" npm run --silent synth >&2)
  done
done

if cmp --silent "$work"/written/{cdktf,fork}/settings.ts/manifest.json; then
  echo "the stacks of both were written by the same library: the command of docs/decisions/7-cdktf.md did not bring the fork" >&2
  exit 1
fi
# What is noted: the version of the library, and how an object or a list that is empty is written.
find "$work/written" -name '*.json' -exec perl -0777 -pi -e 's/"version": "0\.2[0-9]\.\d+"/"version": "noted"/g; s/([{[])\s+([}\]])/$1$2/g' {} +
diff --recursive "$work/written/cdktf" "$work/written/fork"
echo "$(find "$work/written/cdktf" -name cdk.tf.json | wc -l) stacks are the same by both"
