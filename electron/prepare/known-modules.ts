/** Where PKCS#11 libraries usually lie. A list to choose from; any other path can be typed. */
import { realpath, stat } from 'node:fs/promises';

const ARCH = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
const SOFTHSM = [`/usr/lib/${ARCH}/softhsm/libsofthsm2.so`, '/usr/lib/softhsm/libsofthsm2.so', '/usr/lib64/pkcs11/libsofthsm2.so', '/usr/local/lib/softhsm/libsofthsm2.so'];
const USUAL = [
  `/usr/lib/${ARCH}/pkcs11/yubihsm_pkcs11.so`, `/usr/lib/${ARCH}/libykcs11.so`, '/usr/local/lib/libsc-hsm-pkcs11.so', `/usr/lib/${ARCH}/opensc-pkcs11.so`,
  `/usr/lib/${ARCH}/pkcs11/libtpm2_pkcs11.so`, `/usr/lib/${ARCH}/libtpm2_pkcs11.so.1`, '/usr/safenet/lunaclient/lib/libCryptoki2_64.so', '/opt/nfast/toolkits/pkcs11/libcknfast.so',
  '/opt/utimaco/lib/libcs_pkcs11_R3.so', '/opt/cloudhsm/lib/libcloudhsm_pkcs11.so', ...SOFTHSM,
];

const present = async (paths: readonly string[]): Promise<readonly string[]> => {
  const found: string[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    const real = await realpath(path).catch(() => null);
    if (real === null || seen.has(real) || !(await stat(real)).isFile()) continue;
    seen.add(real);
    found.push(path);
  }
  return found;
};

export const knownModules = async (): Promise<readonly string[]> => await present(USUAL);
/** The library of rehearsals, or null when SoftHSM is not installed. */
export const softHsmModule = async (): Promise<string | null> => (await present(SOFTHSM))[0] ?? null;
