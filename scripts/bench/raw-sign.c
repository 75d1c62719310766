/* P-256 signatures a second by plain C calls of a PKCS#11 module, in THREADS threads, each with a session of its own.
   Usage: raw-sign MODULE TOKEN-LABEL PIN KEY-ID-HEX THREADS SIGNATURES. Writes the rate. PKCS#11 v2.40 types, as far as needed. */
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef unsigned long CK_ULONG;
typedef struct { CK_ULONG type; void *value; CK_ULONG length; } CK_ATTRIBUTE;
typedef struct { CK_ULONG mechanism; void *parameter; CK_ULONG length; } CK_MECHANISM;
typedef struct { unsigned char label[32]; unsigned char rest[512]; } TOKEN_INFO;
enum { CKA_CLASS = 0, CKA_ID = 0x102, CKO_PRIVATE_KEY = 3, CKM_ECDSA = 0x1041, CKF_RW_SERIAL = 6, CKU_USER = 1 };

static void *module;
static CK_ULONG slot, count;
static const char *pin;
static unsigned char id[64];
static CK_ULONG id_length;

static CK_ULONG (*open_session)(CK_ULONG, CK_ULONG, void *, void *, CK_ULONG *);
static CK_ULONG (*find_init)(CK_ULONG, CK_ATTRIBUTE *, CK_ULONG), (*find)(CK_ULONG, CK_ULONG *, CK_ULONG, CK_ULONG *), (*find_final)(CK_ULONG);
static CK_ULONG (*sign_init)(CK_ULONG, CK_MECHANISM *, CK_ULONG), (*sign)(CK_ULONG, unsigned char *, CK_ULONG, unsigned char *, CK_ULONG *);

static void *need(const char *name) { void *f = dlsym(module, name); if (!f) { fprintf(stderr, "no %s\n", name); exit(1); } return f; }
static void must(CK_ULONG rv, const char *what) { if (rv) { fprintf(stderr, "%s: 0x%lx\n", what, rv); exit(1); } }

static void *work(void *unused) {
  CK_ULONG session, key, found, class = CKO_PRIVATE_KEY;
  CK_ATTRIBUTE wanted[] = { { CKA_CLASS, &class, sizeof class }, { CKA_ID, id, id_length } };
  CK_MECHANISM ecdsa = { CKM_ECDSA, NULL, 0 };
  unsigned char digest[32], signature[64];
  must(open_session(slot, CKF_RW_SERIAL, NULL, NULL, &session), "C_OpenSession");
  must(find_init(session, wanted, 2), "C_FindObjectsInit");
  must(find(session, &key, 1, &found), "C_FindObjects");
  must(find_final(session), "C_FindObjectsFinal");
  if (found != 1) { fprintf(stderr, "no key\n"); exit(1); }
  memset(digest, 0x5a, sizeof digest);
  for (CK_ULONG i = 0; i < count; i++) {
    CK_ULONG length = sizeof signature;
    digest[0] = (unsigned char)i;
    must(sign_init(session, &ecdsa, key), "C_SignInit");
    must(sign(session, digest, sizeof digest, signature, &length), "C_Sign");
  }
  return unused;
}

int main(int argc, char **argv) {
  if (argc != 7) return 2;
  module = dlopen(argv[1], RTLD_NOW);
  if (!module) { fprintf(stderr, "%s\n", dlerror()); return 1; }
  pin = argv[3];
  for (const char *hex = argv[4]; hex[0] && hex[1]; hex += 2) sscanf(hex, "%2hhx", &id[id_length++]);
  int threads = atoi(argv[5]);
  count = strtoul(argv[6], NULL, 10) / (CK_ULONG)threads;
  /* CK_C_INITIALIZE_ARGS with CKF_OS_LOCKING_OK. */
  struct { void *create, *destroy, *lock, *unlock; CK_ULONG flags; void *reserved; } arguments = { 0, 0, 0, 0, 2, 0 };
  must(((CK_ULONG (*)(void *))need("C_Initialize"))(&arguments), "C_Initialize");
  CK_ULONG slots[64], slot_count = 64, session;
  must(((CK_ULONG (*)(unsigned char, CK_ULONG *, CK_ULONG *))need("C_GetSlotList"))(1, slots, &slot_count), "C_GetSlotList");
  CK_ULONG (*token_info)(CK_ULONG, TOKEN_INFO *) = need("C_GetTokenInfo");
  int known = 0;
  for (CK_ULONG i = 0; i < slot_count && !known; i++) {
    TOKEN_INFO info;
    if (token_info(slots[i], &info) == 0 && strncmp((char *)info.label, argv[2], strlen(argv[2])) == 0) { slot = slots[i]; known = 1; }
  }
  if (!known) { fprintf(stderr, "no token\n"); return 1; }
  open_session = need("C_OpenSession"); find_init = need("C_FindObjectsInit"); find = need("C_FindObjects"); find_final = need("C_FindObjectsFinal");
  sign_init = need("C_SignInit"); sign = need("C_Sign");
  must(open_session(slot, CKF_RW_SERIAL, NULL, NULL, &session), "C_OpenSession");
  must(((CK_ULONG (*)(CK_ULONG, CK_ULONG, const char *, CK_ULONG))need("C_Login"))(session, CKU_USER, pin, strlen(pin)), "C_Login");
  pthread_t running[64];
  struct timespec from, to;
  clock_gettime(CLOCK_MONOTONIC, &from);
  for (int i = 0; i < threads; i++) pthread_create(&running[i], NULL, work, NULL);
  for (int i = 0; i < threads; i++) pthread_join(running[i], NULL);
  clock_gettime(CLOCK_MONOTONIC, &to);
  printf("%.1f\n", (double)(count * (CK_ULONG)threads) / ((double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9));
  return 0;
}
