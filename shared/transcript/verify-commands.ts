/**
 * The shell commands that check one ceremony folder without Quorate: bash, coreutils, sed and openssl 3. They run in the folder and
 * print lines that begin with "ok" or "FAULT". They check less than the verifier: not the rules of the ceremony, not the texts.
 */
import { fromBase64 } from '../bytes.ts';
import { personById } from '../ceremony/people.ts';
import type { CredentialAlgorithm, Person } from '../ceremony/plan-schema.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import { OID } from '../x509/oids.ts';
import { keyIdOf } from './key-id.ts';

/** `script` uses the functions of the check "prepare", which comes first. */
export interface ShellCheck { readonly id: 'prepare' | 'chain' | 'files' | 'signoffs' | 'record' | 'certificate' | 'possession' | 'manifest'; readonly title: string; readonly script: string }

/** What openssl is asked for each algorithm of the roster: $1 is the public key, $T/pae the signed bytes, $T/sig the signature. */
const OPENSSL: Readonly<Record<CredentialAlgorithm, string>> = {
  Ed25519: 'openssl pkeyutl -verify -pubin -inkey "$1" -rawin -in "$T/pae" -sigfile "$T/sig"',
  'ECDSA-P256-SHA256': 'openssl dgst -sha256 -verify "$1" -signature "$T/sig" "$T/pae"',
  'ECDSA-P384-SHA384': 'openssl dgst -sha384 -verify "$1" -signature "$T/sig" "$T/pae"',
  'RSASSA-PSS-SHA256': 'openssl dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -sigopt rsa_mgf1_md:sha256 -verify "$1" -signature "$T/sig" "$T/pae"',
  'RSASSA-PSS-SHA384': 'openssl dgst -sha384 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:48 -sigopt rsa_mgf1_md:sha384 -verify "$1" -signature "$T/sig" "$T/pae"',
};

interface Signer { readonly id: string; readonly algorithm: CredentialAlgorithm; readonly keyid: string }
const signerOf = (person: Person | null): readonly Signer[] =>
  person === null || person.credential.kind === 'paper' || person.credential.publicKey === null ? [] : [{ id: person.id, algorithm: person.credential.algorithm, keyid: keyIdOf(fromBase64(person.credential.publicKey)!) }];

const prepare = (algorithms: readonly CredentialAlgorithm[]): string => `T=$(mktemp -d)
say() { if [ "$1" = 0 ]; then echo "ok     $2"; else echo "FAULT  $2"; fi; }
digest_of_line() { sed -n "$1p" transcript.jsonl | sha256sum | cut -c 1-64; }
unpack() { # an envelope on standard input: leaves its payload and the bytes that were signed (DSSE)
  cat > "$T/envelope"
  type=$(sed -n 's/.*"payloadType":"\\([^"]*\\)".*/\\1/p' "$T/envelope")
  sed -n 's/.*"payload":"\\([^"]*\\)".*/\\1/p' "$T/envelope" | base64 -d > "$T/payload"
  { printf 'DSSEv1 %d %s %d ' "\${#type}" "$type" "$(stat -c %s "$T/payload")"; cat "$T/payload"; } > "$T/pae"
}
check() { # PUBLIC-KEY-FILE ALGORITHM KEYID SENTENCE
  sed -n 's/.*"keyid":"'"$3"'","sig":"\\([^"]*\\)".*/\\1/p' "$T/envelope" | base64 -d > "$T/sig"
  [ "$(openssl pkey -pubin -in "$1" -outform DER | sha256sum | cut -c 1-64)" = "$3" ] && case $2 in
${algorithms.map((name) => `    ${name}) ${OPENSSL[name]} ;;`).join('\n')}
    *) false ;;
  esac > "$T/answer" 2>&1
  say $? "$4"
}`;

const chain = `# Type the closing head from the paper first:  HEAD=…64 digits…
prev=$(printf '0%.0s' {1..64}); n=0; bad=0
while IFS= read -r line; do
  case $line in *'"prev":"'"$prev"'"}') ;; *) bad=1; echo "FAULT  entry $n does not follow entry $((n-1)) as it is here"; break ;; esac
  prev=$(printf '%s\\n' "$line" | sha256sum | cut -c 1-64); n=$((n+1))
done < transcript.jsonl
[ "$bad" = 0 ] && [ "$(tail -c 1 transcript.jsonl | od -An -tx1)" = " 0a" ]; say $? "the chain of $n entries"
[ "$prev" = "$HEAD" ]; say $? "the closing head $prev is the one on paper"`;

const files = `head -n 1 transcript.jsonl | sed 's/.*"planSha256":"\\([0-9a-f]*\\)".*/\\1  plan.json/' | sha256sum --quiet --strict -c -; say $? "plan.json is the plan of entry 0"
tail -n 1 transcript.jsonl | sed 's/.*"files":{\\([^}]*\\)}.*/\\1/' | tr ',' '\\n' | sed 's/"\\([^"]*\\)":"\\([0-9a-f]*\\)"/\\2  \\1/' | sha256sum --quiet --strict -c -; say $? "the files that the closing entry names"`;

const signoffCommands = (state: CeremonyState): string => [
  `signoff() { # SEQ PERSON ALGORITHM KEYID
  sed -n "$(($1+1))p" transcript.jsonl | sed 's/.*"envelope":"\\(.*\\)"},"salt":.*/\\1/; s/\\\\"/"/g' | unpack
  grep -qF "\\"seq\\":$(($1-1)),\\"head\\":\\"$(digest_of_line "$1")\\"" "$T/payload"; say $? "entry $1 signs the head before it"
  check "people/$2.pem" "$3" "$4" "entry $1: signature of $2 ($3)"
}`,
  ...state.signoffs.flatMap(({ seq, person }) => signerOf(personById(state.plan, person)).map(({ id, algorithm, keyid }) => `signoff ${seq} ${id} ${algorithm} ${keyid}`)),
].join('\n');

const recordCommands = (state: CeremonyState, signers: readonly string[]): string => [
  'unpack < record.dsse.json',
  `grep -qF "\\"head\\":\\"$(tail -n 1 transcript.jsonl | sha256sum | cut -c 1-64)\\"" "$T/payload"; say $? "the record is of this closing head"`,
  ...signers.flatMap((person) => signerOf(personById(state.plan, person)).map(({ id, algorithm, keyid }) => `check people/${id}.pem ${algorithm} ${keyid} "record: signature of ${id} (${algorithm})"`)),
].join('\n');

const certificateCommands = (spkiSha256: string, tbsBytes: number | null): string => [
  'openssl x509 -in root.pem -outform DER | cmp - root.crt; say $? "root.pem is root.crt"',
  'openssl verify -x509_strict -check_ss_sig -no_check_time -CAfile root.pem root.pem > "$T/answer" 2>&1; say $? "root.crt is signed by its own key"',
  `[ "$(openssl x509 -in root.pem -noout -pubkey | openssl pkey -pubin -outform DER | sha256sum | cut -c 1-64)" = ${spkiSha256} ] && grep -qF '"spkiSha256":"${spkiSha256}"' transcript.jsonl; say $? "root.crt is for the key that the transcript names"`,
  ...(tbsBytes === null ? [] : [`grep -qF "\\"tbs\\":\\"$(tail -c +5 root.crt | head -c ${tbsBytes} | base64 -w 0)\\"" transcript.jsonl; say $? "root.crt is over the bytes that were bound before it was signed"`]),
  'openssl x509 -in root.pem -noout -subject -startdate -enddate',
].join('\n');

const possessionCommands = (seq: number | null): string => [
  'openssl req -in pop.csr -noout -verify > "$T/answer" 2>&1; grep -q "verify OK" "$T/answer"; say $? "pop.csr is signed by the key it is for"',
  '[ "$(openssl req -in pop.csr -noout -pubkey)" = "$(openssl x509 -in root.pem -noout -pubkey)" ]; say $? "pop.csr is for the key of root.crt"',
  ...(seq === null ? [] : [`openssl req -in pop.csr -noout -text | grep -F "${OID.transcriptHead}" | grep -qF "$(digest_of_line ${seq})"; say $? "pop.csr binds the head before entry ${seq}"`]),
].join('\n');

const manifestCommands = (setId: string): string => `unpack < manifest.dsse.json
printf '\\x30\\x2a\\x30\\x05\\x06\\x03\\x2b\\x65\\x70\\x03\\x21\\x00'"$(printf %s ${setId} | sed 's/../\\\\x&/g')" > "$T/set.der"
openssl pkey -pubin -inform DER -in "$T/set.der" -out "$T/set.pem"
check "$T/set.pem" Ed25519 "$(sha256sum "$T/set.der" | cut -c 1-64)" "manifest.dsse.json is signed by the set key"
grep -qF '"setId":"${setId}"' "$T/payload" && grep -qF "\\"manifestSha256\\":\\"$(sha256sum manifest.dsse.json | cut -c 1-64)\\"" transcript.jsonl; say $? "manifest.dsse.json is the one that the transcript names"`;

/** Facts of a folder that the state does not keep: where intents are, and who has signed the record. */
export interface CommandFacts {
  readonly recordSigners: readonly string[];
  /** Length in bytes of the TBSCertificate that the last sign-certificate intent bound; null without one. */
  readonly tbsBytes: number | null;
  /** Seq of the intent to sign pop.csr; null without one. */
  readonly possessionSeq: number | null;
}

/**
 * Commands for this folder, in the order in which to run them. Run with bash in the folder; set HEAD from the paper first.
 * @param state the replay of the whole transcript.
 */
export const verifyCommands = (state: CeremonyState, facts: CommandFacts): readonly ShellCheck[] => {
  const algorithms = new Set(state.plan.people.flatMap(signerOf).map(({ algorithm }) => algorithm)).add('Ed25519');
  return [
    { id: 'prepare', title: 'Prepare: functions for the commands below', script: prepare([...algorithms].sort()) },
    { id: 'chain', title: 'The chain and the closing head', script: chain },
    { id: 'files', title: 'The files', script: files },
    ...(state.signoffs.length === 0 ? [] : [{ id: 'signoffs' as const, title: 'Sign-offs at hold points', script: signoffCommands(state) }]),
    ...(facts.recordSigners.length === 0 ? [] : [{ id: 'record' as const, title: 'Signatures on the record', script: recordCommands(state, facts.recordSigners) }]),
    ...(state.certificate === null || state.key === null ? [] : [{ id: 'certificate' as const, title: 'The certificate', script: certificateCommands(state.key.spkiSha256, facts.tbsBytes) }]),
    ...(state.certificate?.popSha256 ? [{ id: 'possession' as const, title: 'The proof of possession', script: possessionCommands(facts.possessionSeq) }] : []),
    ...(state.set === null ? [] : [{ id: 'manifest' as const, title: 'The manifest of the share set', script: manifestCommands(state.set.setId) }]),
  ];
};
