import { isIPv4, isIPv6 } from "node:net";
import { type Command, InvalidArgumentError, Option } from "commander";

import type { FailOn } from "./fail-on";
import { fileNamed } from "./report-options";

/** How runs of HCP Terraform are to be reviewed, as their run task. */
export interface ServeRequest {
  readonly address: ListenAddress;
  /** Of HCP Terraform, with a port if it has one of its own: no other is ever asked. */
  readonly hcpHost: string;
  /** Under which others reach the pages, with a `/` at the end; undefined if no pages are kept. */
  readonly publicUrl: URL | undefined;
  /** A folder for what outlives the program; undefined if nothing does. */
  readonly dataFolder: string | undefined;
  readonly failOn: FailOn;
  /** A file; undefined for the usual one, if that is there. */
  readonly silences: string | undefined;
}

/** Where a server listens. */
export interface ListenAddress {
  /** An IP address, or `localhost`. */
  readonly host: string;
  /** 0 is any that is free. */
  readonly port: number;
}

/** What is given of the options that `addServeOptions` adds. */
export interface ServeOptions {
  readonly serve: ListenAddress | undefined;
  readonly publicUrl: URL | undefined;
  readonly data: string | undefined;
}

/** Adds the options for a run task. Those that ask for one review at once do not go with them. */
export function addServeOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--serve <ADDRESS>", "answer as a run task of HCP Terraform (docs/run-task.md): 8080, 0.0.0.0:8080")
        .argParser(listenAddress)
        .conflicts(["plan", "hcpRun", "stack", "refresh", "format", "output"]),
    )
    .addOption(
      new Option("--public-url <URL>", "with --serve: where others reach it; default: no pages").argParser(publicUrl),
    )
    .option(
      "--data <FOLDER>",
      "with --serve: keeps pages, and runs in work, over a restart; default: none is",
      fileNamed,
    );
}

/** Reads `8080`, `0.0.0.0:8080` or `[::1]:8080`; without a host it is the loopback address, which other machines cannot reach. */
export function listenAddress(text: string): ListenAddress {
  const [, bracketed, plain, digits = ""] = /^(?:\[([^\]]*)\]:|([^:]*):)?(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain ?? "127.0.0.1";
  const port = Number(digits);
  const isHost = bracketed === undefined ? isIPv4(host) || host === "localhost" : isIPv6(host);
  if (digits === "" || port > 65_535 || !isHost) {
    throw new InvalidArgumentError("Write a port, or an IP address and a port: 8080, 0.0.0.0:8080, [::1]:8080.");
  }
  return { host, port };
}

/** Only over https: who reads along would get the addresses of pages, which are all that keeps others out. */
function publicUrl(text: string): URL {
  const folder = text.endsWith("/") ? text : `${text}/`;
  const url = URL.canParse(folder) ? new URL(folder) : undefined;
  const isLoopback = url?.protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url === undefined || !(url.protocol === "https:" || isLoopback) || url.search || url.hash || url.username) {
    throw new InvalidArgumentError("Write it with https, as in https://plan-review.example.com.");
  }
  return url;
}

/** Returns a host as URLs write it, with its port if that is not 443; undefined if it is none. */
export function canonicalHost(text: string): string | undefined {
  const url = URL.canParse(`https://${text}`) ? new URL(`https://${text}`) : undefined;
  return url !== undefined && url.href === `https://${url.host}/` ? url.host : undefined;
}
