/** The numbers of PKCS#11 that Quorate uses (OASIS PKCS#11 v2.40 and v3.0 header). pkcs11js lacks some, so all are here. */

export const CKF = {
  RW_SESSION: 0x2, SERIAL_SESSION: 0x4, OS_LOCKING_OK: 0x2, DONT_BLOCK: 0x1, REMOVABLE_DEVICE: 0x2,
  LOGIN_REQUIRED: 0x4, USER_PIN_INITIALIZED: 0x8, PROTECTED_AUTHENTICATION_PATH: 0x100, TOKEN_INITIALIZED: 0x400,
  USER_PIN_COUNT_LOW: 0x10000, USER_PIN_FINAL_TRY: 0x20000, USER_PIN_LOCKED: 0x40000,
} as const;
export const CKU = { SO: 0, USER: 1 } as const;
export const CKO = { DATA: 0, CERTIFICATE: 1, PUBLIC_KEY: 2, PRIVATE_KEY: 3, SECRET_KEY: 4 } as const;
export const CKK = { RSA: 0x0, EC: 0x3, GENERIC_SECRET: 0x10, AES: 0x1f, EC_EDWARDS: 0x40 } as const;
export const CKA = {
  CLASS: 0x0, TOKEN: 0x1, PRIVATE: 0x2, LABEL: 0x3, APPLICATION: 0x10, VALUE: 0x11, KEY_TYPE: 0x100, ID: 0x102, SENSITIVE: 0x103, ENCRYPT: 0x104,
  DECRYPT: 0x105, WRAP: 0x106, UNWRAP: 0x107, SIGN: 0x108, SIGN_RECOVER: 0x109, VERIFY: 0x10a, DERIVE: 0x10c, MODULUS: 0x120,
  MODULUS_BITS: 0x121, PUBLIC_EXPONENT: 0x122, VALUE_LEN: 0x161, EXTRACTABLE: 0x162, LOCAL: 0x163, NEVER_EXTRACTABLE: 0x164,
  ALWAYS_SENSITIVE: 0x165, KEY_GEN_MECHANISM: 0x166, MODIFIABLE: 0x170, EC_PARAMS: 0x180, EC_POINT: 0x181,
  ALWAYS_AUTHENTICATE: 0x202,
} as const;
export const CKM = {
  RSA_PKCS_KEY_PAIR_GEN: 0x0, RSA_PKCS: 0x1, RSA_PKCS_OAEP: 0x9, RSA_PKCS_PSS: 0xd, SHA256_RSA_PKCS: 0x40, SHA384_RSA_PKCS: 0x41, SHA512_RSA_PKCS: 0x42,
  SHA256_RSA_PKCS_PSS: 0x43, SHA384_RSA_PKCS_PSS: 0x44, SHA_1: 0x220, SHA256: 0x250, SHA384: 0x260, SHA512: 0x270,
  EC_KEY_PAIR_GEN: 0x1040, ECDSA: 0x1041, ECDH1_DERIVE: 0x1050, EC_EDWARDS_KEY_PAIR_GEN: 0x1055, EDDSA: 0x1057,
  AES_KEY_GEN: 0x1080, AES_CBC_PAD: 0x1085, AES_KEY_WRAP: 0x2109, AES_KEY_WRAP_PAD: 0x210a, AES_KEY_WRAP_KWP: 0x210b,
} as const;
export const CKG = { MGF1_SHA1: 0x1, MGF1_SHA256: 0x2, MGF1_SHA384: 0x3 } as const;
/** CK_UNAVAILABLE_INFORMATION, and CK_EFFECTIVELY_INFINITE's sibling for "no mechanism", as 64-bit CK_ULONG. */
export const UNAVAILABLE = 0xffff_ffff_ffff_ffffn;
export const CKD = { NULL: 0x1 } as const;
export const CKZ = { DATA_SPECIFIED: 0x1 } as const;
/** pkcs11js's own tags of the parameters of PSS, OAEP and ECDH. */
export const RSA_PSS_PARAMS = 5, RSA_OAEP_PARAMS = 4, ECDH_PARAMS = 6;

const nameIn = (table: Readonly<Record<string, number>>, value: number): string | null =>
  Object.entries(table).find(([, number]) => number === value)?.[0] ?? null;
/** Official name such as CKM_ECDSA, or the number in hex. */
export const mechanismName = (value: number): string => {
  const name = nameIn(CKM, value);
  return name === null ? `0x${value.toString(16)}` : `CKM_${name}`;
};
export const keyTypeName = (value: number): string => {
  const name = nameIn(CKK, value);
  return name === null ? `0x${value.toString(16)}` : `CKK_${name}`;
};
