import {
  type ComponentName,
  changedComponents,
  changedProviders,
  componentNames,
  type ProviderName,
  type Release,
} from "../../releases/release";
import { type UnreadNotes, type UpstreamNote, unreadNotes, upstreamNotes } from "../../releases/upstream-notes";
import type { Cluster } from "../../schema/settings";
import { type CommandGroup, stepCommands } from "./commands";
import { goingBack } from "./going-back";
import { type RolloutEffect, rolloutEffects } from "./rollout-effects";
import { type StackChange, stackChanges } from "./stack-changes";

/** The way of a cluster from the release that its settings name to another. */
export interface UpgradePlan {
  readonly cluster: string;
  readonly from: string;
  readonly to: string;
  /** None if the settings name the release already. */
  readonly steps: readonly UpgradeStep[];
}

/** An upgrade of its own: one release to the next. */
export interface UpgradeStep {
  readonly from: string;
  readonly to: string;
  readonly components: readonly ComponentChange[];
  readonly unchanged: readonly ComponentName[];
  /** Of all parts, those that stay as they are too. */
  readonly support: readonly ComponentSupport[];
  /** Terraform's providers that get another version. */
  readonly providers: readonly ProviderChange[];
  readonly stacks: readonly StackChange[];
  readonly rollouts: readonly RolloutEffect[];
  /** What stays on the version before, and what goes back: a sentence each. */
  readonly back: readonly string[];
  /** What is known to be wrong with the new release: a sentence each, with its source. */
  readonly faults: readonly string[];
  /** What upstream asks of those who upgrade. */
  readonly notes: readonly UpstreamNote[];
  /** Of which versions that is not known here. */
  readonly unread: readonly UnreadNotes[];
  readonly commands: readonly CommandGroup[];
}

export interface ComponentChange {
  readonly component: ComponentName;
  readonly from: string;
  readonly to: string;
}

/** Since when and until when there is a part of the new release. */
export interface ComponentSupport {
  readonly component: ComponentName;
  readonly version: string;
  /** The day on which it came out; or what is known of that day. */
  readonly released: string;
  /** The last day of its support; or what ends it. */
  readonly supportedUntil: string;
  /** Where these two are said. */
  readonly source: string;
}

export interface ProviderChange {
  readonly provider: ProviderName;
  readonly from: string;
  readonly to: string;
}

/** @param path - the releases to go through, the last being the one that is wanted */
export function upgradePlan(
  settings: Cluster,
  from: Release,
  path: readonly Release[],
  environment: NodeJS.ProcessEnv,
): UpgradePlan {
  return {
    cluster: settings.name,
    from: from.name,
    to: (path.at(-1) ?? from).name,
    steps: path.map((to, index) => step(settings, path[index - 1] ?? from, to, environment)),
  };
}

function step(settings: Cluster, from: Release, to: Release, environment: NodeJS.ProcessEnv): UpgradeStep {
  const changed = changedComponents(from, to);
  return {
    from: from.name,
    to: to.name,
    components: changed.map((component) => ({
      component,
      from: from[component].version,
      to: to[component].version,
    })),
    unchanged: componentNames.filter((name) => !changed.includes(name)),
    support: componentNames.map((component) => ({ component, ...to[component] })),
    providers: providerChanges(from, to),
    stacks: stackChanges(from, to),
    rollouts: rolloutEffects(from, to),
    back: goingBack(from, to),
    faults: to.faults ?? [],
    notes: upstreamNotes(from, to),
    unread: unreadNotes(from, to),
    commands: stepCommands(settings, from, to, environment),
  };
}

function providerChanges(from: Release, to: Release): ProviderChange[] {
  return changedProviders(from, to).map((provider) => ({
    provider,
    from: from.providers[provider].version,
    to: to.providers[provider].version,
  }));
}
