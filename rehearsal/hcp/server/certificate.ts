import "reflect-metadata";

import { KeyObject, webcrypto } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** Returns a folder's certificate and key, as PEM. It is made once, so that who trusts it does so after a restart. */
export async function certificateIn(folder: string) {
  const [file, keyFile] = [join(folder, "certificate.pem"), join(folder, "key.pem")];
  if (!existsSync(file)) {
    const { certificate, key } = await newCertificate();
    writeFileSync(keyFile, key, { mode: 0o600 });
    writeFileSync(file, certificate);
  }
  return { certificate: readFileSync(file, "utf8"), key: readFileSync(keyFile, "utf8"), file };
}

/** Makes a certificate for this machine's own names that has signed itself. It holds for a month. */
async function newCertificate() {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const [notBefore, notAfter] = [new Date(), new Date()];
  notAfter.setMonth(notBefore.getMonth() + 1);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: "CN=rehearsal-hcp",
    notBefore,
    notAfter,
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.digitalSignature, true),
      new SubjectAlternativeNameExtension([
        { type: "dns", value: "localhost" },
        { type: "dns", value: "archivist.localhost" },
        { type: "ip", value: "127.0.0.1" },
      ]),
    ],
  });
  return {
    certificate: certificate.toString("pem"),
    key: KeyObject.from(keys.privateKey).export({ type: "pkcs8", format: "pem" }).toString(),
  };
}
