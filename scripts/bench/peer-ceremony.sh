#!/bin/sh
# The machine work of a ceremony with the usual tools: OpenSC, OpenSSL, ssss, qrencode, librsvg. Same token, same work as Quorate's:
# P-384 key, root certificate signed by the token and checked, wrapping key, 3-of-5 split, five sheets as PDF, five signatures checked.
# Environment: MODULE, HSM (token label), PEOPLE (token label), PIN, ID (key id, hex), LABEL, CREDENTIALS (folder of 1.pem … 5.pem).
# Works in the current folder, which is empty.
set -eu
umask 077
token() { label=$1; shift; pkcs11-tool --module "$MODULE" --token-label "$label" --login --pin "$PIN" "$@" 2>/dev/null; }
unhex() { perl -ne 's/([0-9a-f]{2})/print chr hex $1/gie'; }
byte() { printf "\\$(printf %o "$1")"; }

# The key, and its public half, checked.
# SubjectPublicKeyInfo of P-384 around the point it shows: some versions of --read-object cannot write one.
point=$(token "$HSM" --keypairgen --key-type EC:secp384r1 --label "$LABEL" --id "$ID" | sed -n 's/.*EC_POINT: *0461//p')
echo "3076301006072a8648ce3d020106052b81040022036200$point" | unhex > public.der
openssl pkey -pubin -inform DER -in public.der -pubcheck -out public.pem 2>/dev/null

# The certificate: what is to be signed comes from a template that a throw-away key signed.
printf 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=none\n' > extensions
openssl ecparam -name secp384r1 -genkey -noout -out throw-away.pem
openssl x509 -new -key throw-away.pem -force_pubkey public.pem -subj "/C=DE/O=Example Trust/CN=REHEARSAL Example Root CA 2026" -sha384 -days 7305 -extfile extensions -outform DER -out template.der
openssl asn1parse -inform DER -in template.der -strparse 4 -noout -out tbs.der
openssl dgst -sha384 -binary tbs.der > tbs.sha384
token "$HSM" --sign --mechanism ECDSA --signature-format openssl --id "$ID" --input-file tbs.sha384 --output-file tbs.sig >/dev/null
tbs=$(wc -c < tbs.der); sig=$(wc -c < tbs.sig); all=$((tbs + 12 + 3 + sig))
{ printf '\060\202'; byte $((all / 256)); byte $((all % 256)); cat tbs.der; printf '\060\012\006\010\052\206\110\316\075\004\003\003\003'; byte $((sig + 1)); printf '\000'; cat tbs.sig; } > root.crt
openssl x509 -inform DER -in root.crt -out root.pem
openssl verify -check_ss_sig -CAfile root.pem root.pem >/dev/null

# The wrapping key: randomness of the token and of the host through HKDF, split 3 of 5.
token "$HSM" --generate-random 32 --output-file hsm.random >/dev/null
mix=$(openssl rand -hex 32)$(od -An -v -tx1 hsm.random | tr -d ' \n')
wrapping=$(openssl kdf -binary -keylen 32 -kdfopt digest:SHA256 -kdfopt hexkey:"$mix" -kdfopt info:wrapping HKDF | od -An -v -tx1 | tr -d ' \n')
echo "$wrapping" | ssss-split -t 3 -n 5 -s 256 -x -Q > shares.txt 2>/dev/null

# Five sheets with a symbol and the text.
number=0
while read -r share; do
  number=$((number + 1))
  qrencode --type SVG --level M --output symbol.svg "QUORATE-PEER-$share"
  { printf '<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" viewBox="0 0 595 842"><text x="50" y="80" font-size="24">Key share %s of 5</text>' "$number"
    printf '<text x="50" y="120" font-size="12">Example Trust. Three of five shares open the wrapped key.</text><g transform="translate(50,160)">'
    sed -e '/^<?xml/d' -e '/^<!DOCTYPE/d' -e '/^ *"http/d' symbol.svg
    printf '</g>'
    echo "$share" | fold -w 36 | awk '{ printf "<text x=\"50\" y=\"%d\" font-size=\"16\" font-family=\"monospace\">%s</text>", 500 + NR * 24, $0 }'
    printf '</svg>'; } > sheet.svg
  rsvg-convert --format pdf --output "share-$number.pdf" sheet.svg
done < shares.txt
[ "$number" = 5 ]

# Five people sign and are checked.
for person in 1 2 3 4 5; do
  echo "checkpoint $person of $ID" > payload
  openssl dgst -sha256 -binary payload > payload.sha256
  token "$PEOPLE" --sign --mechanism ECDSA --signature-format openssl --id "000$person" --input-file payload.sha256 --output-file payload.sig >/dev/null
  openssl dgst -sha256 -verify "$CREDENTIALS/$person.pem" -signature payload.sig payload >/dev/null
done
