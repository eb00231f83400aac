"""python -m emulator [OPTIONS] DIR: serves on loopback. DIR/env and DIR/pid appear once requests are answered."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from pathlib import Path


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="start")
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    parser.add_argument("--account", help="account id, default: 111122223333")
    parser.add_argument("--region", help="decides the partition too, default: eu-central-1")
    parser.add_argument("--admin", nargs="+", action="extend", metavar="ARN", help="default: the role platform-admin")
    parser.add_argument("--deployer", metavar="ARN", help="a role; credentials are those of who may assume it")
    parser.add_argument("--key", nargs="+", action="extend", metavar="ARN", help="default: none")
    parser.add_argument("--network", metavar="JSON", help="of another account, which shares it, default: none")
    parser.add_argument("--bottlerocket", metavar="X.Y.Z", help="newest release that EKS knows, default: 1.69.0")
    parser.add_argument("dir", type=Path)
    arguments = parser.parse_args()
    environment = {
        "MOTO_ACCOUNT_ID": arguments.account,
        "REHEARSAL_REGION": arguments.region,
        "REHEARSAL_ADMINS": " ".join(arguments.admin or []),
        "REHEARSAL_DEPLOYER": arguments.deployer,
        "REHEARSAL_KEYS": " ".join(arguments.key or []),
        "REHEARSAL_NETWORK": arguments.network,
        "REHEARSAL_BOTTLEROCKET": arguments.bottlerocket,
    }
    os.environ.update({name: value for name, value in environment.items() if value})
    return arguments


def write_environment(folder: Path, environment: dict[str, str]) -> None:
    """Writes DIR/env, whole or not at all: `start` waits for it."""
    draft = folder / "env.new"
    draft.touch(mode=0o600)
    draft.write_text("".join(f"export {name}='{value}'\n" for name, value in environment.items()))
    draft.rename(folder / "env")


def main() -> None:
    arguments = parsed()
    # Only now: these read the account from the environment when they are imported.
    from .account import problem
    from .serving import serve

    if reason := problem():
        sys.exit(f"start: {reason}")
    server, environment = serve(arguments.port)
    (arguments.dir / "pid").write_text(f"{os.getpid()}\n")
    write_environment(arguments.dir, environment)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # What was loaded stays: collections that look through it are a twentieth of what answers cost.
    gc.freeze()
    server.serve_forever()


if __name__ == "__main__":
    main()
