import { createServer } from "node:net";
import { Address4 } from "ip-address";

/** The range of Services, as EKS has it where a VPC is in 10.0.0.0/8. */
export const usualServicesRange = "172.20.0.0/16";

/** Returns an address of a range: the first is that of the Service `kubernetes`, the tenth, to EKS, that of `kube-dns`. */
export function addressInRange(range: string, place: number): string {
  return new Address4(range).startAddress().offset(place).correctForm();
}

/** Returns a port of 127.0.0.1 on which nobody listens, below those that systems give to outgoing connections. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isFree(port)) {
      return port;
    }
  }
  throw new Error("no port between 20000 and 32000 is free");
}

export function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
