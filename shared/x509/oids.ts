/** Object identifiers that Quorate writes or reads. */
export const OID = {
  rsaEncryption: '1.2.840.113549.1.1.1', sha256WithRsa: '1.2.840.113549.1.1.11', sha384WithRsa: '1.2.840.113549.1.1.12', sha512WithRsa: '1.2.840.113549.1.1.13',
  ecPublicKey: '1.2.840.10045.2.1', p256: '1.2.840.10045.3.1.7', p384: '1.3.132.0.34', p521: '1.3.132.0.35',
  ecdsaWithSha256: '1.2.840.10045.4.3.2', ecdsaWithSha384: '1.2.840.10045.4.3.3', ecdsaWithSha512: '1.2.840.10045.4.3.4',
  ed25519: '1.3.101.112',
  commonName: '2.5.4.3', countryName: '2.5.4.6', organizationName: '2.5.4.10',
  subjectKeyIdentifier: '2.5.29.14', keyUsage: '2.5.29.15', basicConstraints: '2.5.29.19', authorityKeyIdentifier: '2.5.29.35', extKeyUsage: '2.5.29.37',
  /**
   * Quorate's own attribute of a proof of possession: UTF8String of 64 lower-case hex digits, the transcript head that the proof is
   * made over. Under 2.25 (ITU-T X.667): the UUID 1b0d258a-1d04-4b0f-a7e3-192e313a7538 as one number. UTF8String, so that
   * `openssl req -text` shows it.
   */
  transcriptHead: '2.25.35957417136975698862240343586196059448',
} as const;
