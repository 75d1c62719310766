/**
 * The shell of VERIFY.md: bash functions and commands for coreutils, sed and openssl 3. Only ids, numbers, hex and names of algorithms
 * are ever put into them; everything else the commands read from the folder themselves.
 */
import type { CredentialAlgorithm, KeyProfile } from '../../shared/ceremony/plan-schema.ts';
import { PROFILES } from '../../shared/keys/profiles.ts';

export const CHAIN = `prev=$(printf '0%.0s' {1..64}); n=0; fault=; ending=',"prev":"([0-9a-f]{64})"}$'
while IFS= read -r line; do
  [[ $line =~ $ending && \${BASH_REMATCH[1]} = "$prev" ]] || { echo "FAULT line $n does not follow the line before it"; fault=1; break; }
  read -r prev _ < <(printf '%s\\n' "$line" | sha256sum); n=$((n + 1))
done < transcript.jsonl
[ -n "$fault" ] || echo "OK $n lines, each follows the one before; head $prev"`;

export const HEAD = `tail -n 1 transcript.jsonl | sha256sum | cut -d' ' -f1`;

export const FILES = `tail -n 1 transcript.jsonl | sed 's/.*"files":{\\([^}]*\\)}.*/\\1/' | tr ',' '\\n' \\
  | sed 's/^"\\(.*\\)":"\\([0-9a-f]*\\)"$/\\2  \\1/' | sha256sum -c
grep -qF "\\"planSha256\\":\\"$(sha256sum < plan.json | cut -d' ' -f1)\\"" <(head -n 1 transcript.jsonl) \\
  && echo "OK entry 0 names this plan.json" || echo "FAULT entry 0 names another plan"`;

export const FUNCTIONS = `work=$(mktemp -d)
dsse() { # dsse ENVELOPE: the payload, and the bytes that are signed (DSSE)
  type=$(sed -n 's/.*"payloadType":"\\([^"]*\\)".*/\\1/p' "$1")
  sed -n 's/.*"payload":"\\([^"]*\\)".*/\\1/p' "$1" | openssl base64 -d -A > "$work/payload"
  { printf 'DSSEv1 %d %s %d ' \${#type} "$type" "$(stat -c %s "$work/payload")"; cat "$work/payload"; } > "$work/pae"
}
signature() { # signature ENVELOPE KEYID
  sed -n 's/.*"keyid":"'"$2"'","sig":"\\([^"]*\\)".*/\\1/p' "$1" | openssl base64 -d -A > "$work/sig"
}
verify() { # verify PUBLIC-KEY ALGORITHM MESSAGE: of $work/sig
  case $2 in
    Ed25519) openssl pkeyutl -verify -pubin -inkey "$1" -rawin -in "$3" -sigfile "$work/sig" ;;
    *-PSS-SHA256) openssl dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -sigopt rsa_mgf1_md:sha256 -verify "$1" -signature "$work/sig" "$3" ;;
    *-PSS-SHA384) openssl dgst -sha384 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:48 -sigopt rsa_mgf1_md:sha384 -verify "$1" -signature "$work/sig" "$3" ;;
    *SHA256) openssl dgst -sha256 -verify "$1" -signature "$work/sig" "$3" ;;
    *SHA384) openssl dgst -sha384 -verify "$1" -signature "$work/sig" "$3" ;;
    *SHA512) openssl dgst -sha512 -verify "$1" -signature "$work/sig" "$3" ;;
  esac > /dev/null 2>&1
}
keyid() { openssl pkey -pubin -in "$1" -outform DER 2> /dev/null | sha256sum | cut -d' ' -f1; }
person() { # person ID ALGORITHM ENVELOPE
  dsse "$3"; signature "$3" "$(keyid "people/$1.pem")"
  verify "people/$1.pem" "$2" "$work/pae" && echo "OK $1 signed" || { echo "FAULT no signature of $1 that verifies"; false; }
}
signoff() { # signoff SEQ ID ALGORITHM
  sed -n "$(($1 + 1))p" transcript.jsonl | sed 's/.*"envelope":"\\(.*\\)"},"salt":.*/\\1/; s/\\\\"/"/g' > "$work/envelope"
  person "$2" "$3" "$work/envelope" || return
  before=$(sed -n "$1p" transcript.jsonl | sha256sum | cut -d' ' -f1)
  grep -qF "\\"seq\\":$(($1 - 1)),\\"head\\":\\"$before\\"" "$work/payload" \\
    && echo "   entry $1, over every entry up to $(($1 - 1))" || echo "FAULT entry $1 is over another transcript"
  sed -n 's/.*"statement":"\\(.*\\)","person":.*/   \\1/p' "$work/payload"; echo
}
unhex() { tr a-f A-F | basenc --base16 -d; }
manifest() { # manifest FILE: its payload, and its set id in $set
  dsse "$1"
  set=$(grep -o '"setId":"[0-9a-f]*"' "$work/payload" | head -n 1 | cut -d'"' -f4)
  printf '302a300506032b6570032100%s' "$set" | unhex > "$work/set.der"
  openssl pkey -pubin -inform DER -in "$work/set.der" -out "$work/set.pem"
  signature "$1" "$(keyid "$work/set.pem")"
  verify "$work/set.pem" Ed25519 "$work/pae" && echo "OK the set key signed $1" || echo "FAULT $1 is not signed by its set key"
}
inplan() { # inplan FIELD VALUE WHAT
  grep -qE "\\"$1\\": *\\"$2\\"" plan.json && echo "OK the plan names $3" || echo "FAULT the plan names another: $3"
}
share() { # share SEQ: after manifest, whether entry SEQ names a share that is in it
  c=$(sed -n "$(($1 + 1))p" transcript.jsonl | grep -o '"commitment":"[0-9a-f]*"' | cut -d'"' -f4)
  [ -n "$c" ] && grep -qF "\\"commitment\\":\\"$c\\"" "$work/payload" && echo "OK entry $1 names a share of this set" || echo "FAULT entry $1 names a share that is not in this set"
}`;

/** @param ids people who have a file in people/. */
export const rosterCommands = (ids: readonly string[]): string => `for id in ${ids.join(' ')}; do
  grep -qF "$(grep -v -- ----- "people/$id.pem" | tr -d '\\n')" plan.json && echo "OK the key of $id is in the plan" || echo "FAULT the key of $id is not in the plan"
done`;

export const signoffCommand = (seq: number, id: string, algorithm: CredentialAlgorithm): string => `signoff ${seq} ${id} ${algorithm}`;

/** Prints OK when the named entry holds the digest that the command before the comparison gives. */
const named = (command: string, seq: number, field: string, what: string): string =>
  `sed -n ${seq + 1}p transcript.jsonl | grep -qF "\\"${field}\\":\\"$(${command} | sha256sum | cut -d' ' -f1)\\"" \\
  && echo "OK entry ${seq} names ${what}" || echo "FAULT entry ${seq} names another: ${what}"`;

/** @param made seq of the result that names the public key; @param signed seq of the result that names the certificate. */
export const certificateCommands = (made: number, signed: number): string => `openssl x509 -in root.pem -outform DER | cmp - root.crt && echo "OK root.pem is root.crt"
openssl verify -no_check_time -check_ss_sig -CAfile root.pem root.pem
openssl x509 -in root.pem -noout -pubkey > "$work/root-key.pem"
${named('openssl pkey -pubin -in "$work/root-key.pem" -outform DER', made, 'spkiSha256', 'this public key')}
${named('cat root.crt', signed, 'certificateSha256', 'this certificate')}`;

/** @param place seq of the entry whose head the request carries. */
export const possessionCommands = (place: number, signed: number): string => `openssl req -in pop.csr -verify -noout
openssl req -in pop.csr -noout -pubkey | cmp - "$work/root-key.pem" && echo "OK pop.csr is for the same key"
openssl req -in pop.csr -noout -text | grep -qF "$(sed -n ${place + 1}p transcript.jsonl | sha256sum | cut -d' ' -f1)" \\
  && echo "OK pop.csr carries the head of entry ${place}" || echo "FAULT pop.csr carries another head"
${named('openssl req -in pop.csr -outform DER', signed, 'popSha256', 'this request')}`;

/** The public key that the plan names, in the place where a certificate's key lies elsewhere. */
export const PLAN_KEY = `grep -oE '"spki": *"[A-Za-z0-9+/=]+"' plan.json | head -n 1 | cut -d'"' -f4 | openssl base64 -d -A > "$work/root-key.der"
openssl pkey -pubin -inform DER -in "$work/root-key.der" -out "$work/root-key.pem"
inplan spkiSha256 "$(sha256sum < "$work/root-key.der" | cut -d' ' -f1)" "this public key"`;

/** @param split seq of the result of the split. */
export const issuedManifestCommands = (file: string, split: number): string => `manifest ${file}
sed -n ${split + 1}p transcript.jsonl | grep -qF "\\"setId\\":\\"$set\\"" && echo "OK entry ${split} names this set" || echo "FAULT entry ${split} names another set"
sed -n ${split + 1}p transcript.jsonl | grep -qF "\\"manifestSha256\\":\\"$(sha256sum < ${file} | cut -d' ' -f1)\\"" && echo "OK entry ${split} names this manifest" || echo "FAULT entry ${split} names another manifest"`;
/** @param read seqs of the entries that say a share of the set was read. */
export const sourceManifestCommands = (file: string, read: readonly number[]): string => `manifest ${file}
inplan manifestSha256 "$(sha256sum < ${file} | cut -d' ' -f1)" "this manifest"
inplan setId "$set" "this set"${read.length === 0 ? '' : `\nfor seq in ${read.join(' ')}; do share $seq; done`}`;

const keyAlgorithm = (profile: KeyProfile): string => {
  const facts = PROFILES[profile];
  return facts.kind === 'ed25519' ? 'Ed25519' : `${facts.kind}-${facts.hash.toUpperCase()}`;
};
/** @param restored seq of the result with challenge and signature. */
export const restoreCommands = (restored: number, profile: KeyProfile): string => `entry=$(sed -n ${restored + 1}p transcript.jsonl)
{ printf 'quorate/restore/1\\0'; printf '%s' "$entry" | grep -o '"challenge":"[0-9a-f]*"' | cut -d'"' -f4 | tr -d '\\n' | unhex; } > "$work/message"
printf '%s' "$entry" | grep -o '"signature":"[^"]*"' | cut -d'"' -f4 | openssl base64 -d -A > "$work/sig"
verify "$work/root-key.pem" ${keyAlgorithm(profile)} "$work/message" && echo "OK the restored key signed the challenge" || echo "FAULT the restored key did not sign the challenge"`;

/** @param signers id and algorithm of everyone with a credential. */
export const recordCommands = (signers: readonly (readonly [string, CredentialAlgorithm])[]): string => `${signers.map(([id, algorithm]) => `person ${id} ${algorithm} record.dsse.json`).join('\n')}
dsse record.dsse.json
grep -qF "\\"head\\":\\"$(tail -n 1 transcript.jsonl | sha256sum | cut -d' ' -f1)\\"" "$work/payload" \\
  && echo "OK the record is over this head" || echo "FAULT the record is over another head"`;
