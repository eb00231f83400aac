import "reflect-metadata";

import { createPrivateKey, generateKeyPairSync, KeyObject, webcrypto } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";

import { addressInRange, usualServicesRange } from "./addresses";

/** What a certificate of a control plane says. Its files are `<name>.crt` and `<name>.key`. */
interface Identity {
  readonly name: string;
  readonly subject: string;
  /**
   * Names and addresses of a server.
   * @default - it is a client's
   */
  readonly serves?: readonly string[];
}

const identities = (servicesRange: string): readonly Identity[] => [
  {
    name: "apiserver",
    subject: "CN=kube-apiserver",
    serves: [
      "127.0.0.1",
      addressInRange(servicesRange, 1),
      "localhost",
      "kubernetes",
      "kubernetes.default",
      "kubernetes.default.svc",
      "kubernetes.default.svc.cluster.local",
    ],
  },
  { name: "kubelet", subject: "O=system:nodes, CN=system:node:any", serves: ["127.0.0.1", "localhost"] },
  { name: "admin", subject: "O=system:masters, CN=admin" },
  { name: "kcm", subject: "CN=system:kube-controller-manager" },
  { name: "scheduler", subject: "CN=system:kube-scheduler" },
  { name: "kwok", subject: "O=system:masters, CN=kwok" },
  { name: "kubelet-client", subject: "O=system:masters, CN=kube-apiserver-kubelet-client" },
  { name: "front-proxy-client", subject: "CN=front-proxy-client" },
];

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** An authority that has signed itself, with its key. */
interface Authority {
  readonly certificate: X509Certificate;
  readonly key: webcrypto.CryptoKey;
}

/** Writes the certificates and keys of a control plane that are not there yet. They hold for ten years. */
export async function writeCertificates(folder: string, servicesRange = usualServicesRange): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const authority = await authorityIn(folder);
  for (const identity of identities(servicesRange).filter(({ name }) => !existsSync(join(folder, `${name}.crt`)))) {
    await writeCertificate(folder, identity, authority);
  }
  if (!existsSync(join(folder, "sa.pub"))) {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    writeSecret(join(folder, "sa.key"), pem(privateKey));
    writeFileSync(join(folder, "sa.pub"), publicKey.export({ type: "spki", format: "pem" }));
  }
}

async function authorityIn(folder: string): Promise<Authority> {
  const [file, keyFile] = [join(folder, "ca.crt"), join(folder, "ca.key")];
  if (existsSync(file)) {
    const certificate = new X509Certificate(readFileSync(file, "utf8"));
    const key = createPrivateKey(readFileSync(keyFile)).export({ type: "pkcs8", format: "der" });
    return { certificate, key: await webcrypto.subtle.importKey("pkcs8", key, algorithm, true, ["sign"]) };
  }
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...validity(),
    name: "CN=kubelab-ca",
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign | KeyUsageFlags.digitalSignature, true),
    ],
  });
  writeSecret(keyFile, pem(KeyObject.from(keys.privateKey)));
  writeFileSync(file, certificate.toString("pem"));
  return { certificate, key: keys.privateKey };
}

async function writeCertificate(folder: string, identity: Identity, authority: Authority): Promise<void> {
  const { name, subject } = identity;
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.create({
    ...validity(),
    subject,
    issuer: authority.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: authority.key,
    signingAlgorithm: algorithm,
    extensions: extensionsOf(identity),
  });
  writeSecret(join(folder, `${name}.key`), pem(KeyObject.from(keys.privateKey)));
  writeFileSync(join(folder, `${name}.crt`), certificate.toString("pem"));
}

function extensionsOf({ serves }: Identity): Extension[] {
  const usage = serves === undefined ? ExtendedKeyUsage.clientAuth : ExtendedKeyUsage.serverAuth;
  const names = (serves ?? []).map((value) => ({ type: /^[\d.]+$/.test(value) ? "ip" : "dns", value }) as const);
  return [
    new BasicConstraintsExtension(false),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature),
    new ExtendedKeyUsageExtension([usage]),
    ...(names.length > 0 ? [new SubjectAlternativeNameExtension(names)] : []),
  ];
}

function validity() {
  const [notBefore, notAfter] = [new Date(), new Date()];
  notAfter.setFullYear(notBefore.getFullYear() + 10);
  return { notBefore, notAfter };
}

function pem(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

/** Writes a file that its owner alone may read. */
function writeSecret(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 });
}
