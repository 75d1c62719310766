/*
 * A PKCS#11 module for tests: SoftHSM with readers. It passes every call on to SoftHSM, and does what the lines of its control file say:
 *   hide SERIAL            the token is out of its reader; its sessions are dead, also when it is back
 *   hardware               neither module nor tokens say that they are software
 *   cached                 what is in the readers is seen anew only after C_WaitForSlotEvent
 *   pad SERIAL PIN         the reader has a PIN pad, on which somebody types this PIN
 *   flags SERIAL HEX       further flags of CK_TOKEN_INFO
 *   free SERIAL BYTES      CK_TOKEN_INFO.ulFreePrivateMemory
 *   create CKR-HEX         C_CreateObject of data fails with this
 *   leaves                 ... and leaves the object there
 *   alters                 C_CreateObject of data writes another byte
 *   kill CALL N            the process ends in the n-th such call (1 without N): after it is done, but before C_DestroyObject
 *   remove CALL SERIAL     the token is pulled out in this call, which fails with CKR_DEVICE_REMOVED
 * Paths come in QUORATE_TEST_MODULE (SoftHSM) and QUORATE_TEST_CARDS (the control file; logins are counted in a file beside it, *.log).
 */
#include "pkcs11.h"
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static CK_FUNCTION_LIST *real;
static CK_FUNCTION_LIST mine;

/* The n-th control line that begins with this word: its first and second argument. */
static int order(const char *word, int n, char *first, char *second) {
  const char *path = getenv("QUORATE_TEST_CARDS");
  FILE *file = path ? fopen(path, "r") : NULL;
  char line[256], head[64], one[64], two[64];
  int found = 0;
  if (!file) return 0;
  while (!found && fgets(line, sizeof line, file)) {
    head[0] = one[0] = two[0] = 0;
    sscanf(line, "%63s %63s %63s", head, one, two);
    if (strcmp(head, word) == 0 && n-- == 0) { found = 1; if (first) strcpy(first, one); if (second) strcpy(second, two); }
  }
  fclose(file);
  return found;
}

static void note(const char *ending, const char *text) {
  char path[1024];
  snprintf(path, sizeof path, "%s%s", getenv("QUORATE_TEST_CARDS"), ending);
  FILE *file = fopen(path, "a");
  if (file) { fputs(text, file); fclose(file); }
}

static int serial_of(CK_SLOT_ID slot, char *out) {
  CK_TOKEN_INFO info;
  if (real->C_GetTokenInfo(slot, &info) != CKR_OK) return 0;
  memcpy(out, info.serialNumber, 16);
  out[16] = 0;
  for (int i = 15; i >= 0 && (out[i] == ' ' || out[i] == 0); i--) out[i] = 0;
  return 1;
}

#define MAX 64
static char seen[MAX][64];
static int seen_count = 0;

static int listed(char list[MAX][64], int count, const char *serial) {
  for (int i = 0; i < count; i++) if (strcmp(list[i], serial) == 0) return 1;
  return 0;
}

/* Takes note of what is out now, and ends its sessions. Tells how many tokens came or went. */
static int refresh(void) {
  char now[MAX][64];
  int count = 0, changes = 0;
  CK_SLOT_ID slots[MAX];
  CK_ULONG slot_count = MAX;
  while (count < MAX && order("hide", count, now[count], NULL)) count++;
  for (int i = 0; i < count; i++) if (!listed(seen, seen_count, now[i])) changes++;
  for (int i = 0; i < seen_count; i++) if (!listed(now, count, seen[i])) changes++;
  memcpy(seen, now, sizeof seen);
  seen_count = count;
  if (real->C_GetSlotList(CK_TRUE, slots, &slot_count) != CKR_OK) return changes;
  for (CK_ULONG i = 0; i < slot_count; i++) {
    char serial[17];
    if (serial_of(slots[i], serial) && listed(seen, seen_count, serial)) real->C_CloseAllSessions(slots[i]);
  }
  return changes;
}

static int out(CK_SLOT_ID slot) {
  char serial[17];
  return serial_of(slot, serial) && listed(seen, seen_count, serial);
}

/* 1 when the call is the one in which the token goes. */
static int pulled(const char *call) {
  char wanted[64], serial[64], line[80];
  if (!order("remove", 0, wanted, serial) || strcmp(wanted, call) != 0) return 0;
  snprintf(line, sizeof line, "\nhide %s\n", serial);
  note("", line);
  refresh();
  return 1;
}
static int ends(const char *call) {
  static int calls = 0;
  char wanted[64], which[64];
  if (!order("kill", 0, wanted, which) || strcmp(wanted, call) != 0) return 0;
  return ++calls == (which[0] ? atoi(which) : 1);
}

static CK_RV get_info(CK_INFO *info) {
  CK_RV rv = real->C_GetInfo(info);
  if (rv == CKR_OK && order("hardware", 0, NULL, NULL)) {
    memset(info->manufacturerID, ' ', sizeof info->manufacturerID);
    memset(info->libraryDescription, ' ', sizeof info->libraryDescription);
    memcpy(info->manufacturerID, "Readers", 7);
  }
  return rv;
}
static CK_RV get_slot_list(CK_BBOOL present, CK_SLOT_ID *slots, CK_ULONG *count) {
  CK_SLOT_ID all[MAX];
  CK_ULONG all_count = MAX, kept = 0;
  if (!order("cached", 0, NULL, NULL)) refresh();
  CK_RV rv = real->C_GetSlotList(present, all, &all_count);
  if (rv != CKR_OK) return rv;
  for (CK_ULONG i = 0; i < all_count; i++) if (!present || !out(all[i])) all[kept++] = all[i];
  if (slots && *count < kept) { *count = kept; return CKR_BUFFER_TOO_SMALL; }
  if (slots) memcpy(slots, all, kept * sizeof *slots);
  *count = kept;
  return CKR_OK;
}
static CK_RV get_slot_info(CK_SLOT_ID slot, CK_SLOT_INFO *info) {
  CK_RV rv = real->C_GetSlotInfo(slot, info);
  if (rv == CKR_OK && out(slot)) info->flags &= ~(CK_FLAGS)CKF_TOKEN_PRESENT;
  return rv;
}
static CK_RV get_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO *info) {
  char serial[17], named[64], value[64];
  if (out(slot)) return CKR_TOKEN_NOT_PRESENT;
  CK_RV rv = real->C_GetTokenInfo(slot, info);
  if (rv != CKR_OK || !serial_of(slot, serial)) return rv;
  if (order("hardware", 0, NULL, NULL)) {
    memset(info->manufacturerID, ' ', sizeof info->manufacturerID);
    memset(info->model, ' ', sizeof info->model);
    memcpy(info->model, "Card", 4);
  }
  for (int i = 0; order("pad", i, named, value); i++) if (strcmp(named, serial) == 0) info->flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
  for (int i = 0; order("flags", i, named, value); i++) if (strcmp(named, serial) == 0) info->flags |= strtoul(value, NULL, 16);
  for (int i = 0; order("free", i, named, value); i++) if (strcmp(named, serial) == 0) info->ulFreePrivateMemory = strtoul(value, NULL, 10);
  return rv;
}
static CK_RV wait_for_slot_event(CK_FLAGS flags, CK_SLOT_ID *slot, void *reserved) {
  (void)flags; (void)slot; (void)reserved;
  refresh();
  return CKR_NO_EVENT;
}
static CK_RV open_session(CK_SLOT_ID slot, CK_FLAGS flags, void *application, CK_NOTIFY notify, CK_SESSION_HANDLE *session) {
  refresh();
  return out(slot) ? CKR_TOKEN_NOT_PRESENT : real->C_OpenSession(slot, flags, application, notify, session);
}
static CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR *pin, CK_ULONG length) {
  CK_SESSION_INFO info;
  int typed = pin && length > 0;
  char serial[17] = "", named[64], value[64], line[80];
  refresh();
  if (real->C_GetSessionInfo(session, &info) == CKR_OK) serial_of(info.slotID, serial);
  snprintf(line, sizeof line, "%s %s\n", serial, typed ? "pin" : "pad");
  note(".log", line);
  if (pulled("C_Login")) return CKR_DEVICE_REMOVED;
  for (int i = 0; !typed && order("pad", i, named, value); i++)
    if (strcmp(named, serial) == 0) return real->C_Login(session, user, (CK_UTF8CHAR *)value, strlen(value));
  return real->C_Login(session, user, pin, length);
}
static CK_RV create_object(CK_SESSION_HANDLE session, CK_ATTRIBUTE *template, CK_ULONG count, CK_OBJECT_HANDLE *object) {
  CK_RV rv;
  char value[64];
  int data = 0;
  refresh();
  for (CK_ULONG i = 0; i < count; i++) if (template[i].type == CKA_CLASS && *(CK_ULONG *)template[i].pValue == CKO_DATA) data = 1;
  if (!data) return real->C_CreateObject(session, template, count, object);
  if (pulled("C_CreateObject")) return CKR_DEVICE_REMOVED;
  if (order("create", 0, value, NULL)) {
    if (order("leaves", 0, NULL, NULL)) real->C_CreateObject(session, template, count, object);
    return strtoul(value, NULL, 16);
  }
  for (CK_ULONG i = 0; order("alters", 0, NULL, NULL) && i < count; i++)
    if (template[i].type == CKA_VALUE) ((unsigned char *)template[i].pValue)[template[i].ulValueLen - 1] ^= 1;
  rv = real->C_CreateObject(session, template, count, object);
  if (ends("C_CreateObject")) raise(SIGKILL);
  return rv;
}
static CK_RV find_objects_init(CK_SESSION_HANDLE session, CK_ATTRIBUTE *template, CK_ULONG count) {
  refresh();
  return pulled("C_FindObjectsInit") ? CKR_DEVICE_REMOVED : real->C_FindObjectsInit(session, template, count);
}
static CK_RV get_attribute_value(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE *template, CK_ULONG count) {
  if (pulled("C_GetAttributeValue")) return CKR_DEVICE_REMOVED;
  return real->C_GetAttributeValue(session, object, template, count);
}
static CK_RV destroy_object(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object) {
  if (pulled("C_DestroyObject")) return CKR_DEVICE_REMOVED;
  if (ends("C_DestroyObject")) raise(SIGKILL);
  return real->C_DestroyObject(session, object);
}
static CK_RV set_pin(CK_SESSION_HANDLE session, CK_UTF8CHAR *old, CK_ULONG old_length, CK_UTF8CHAR *fresh, CK_ULONG fresh_length) {
  CK_RV rv = real->C_SetPIN(session, old, old_length, fresh, fresh_length);
  if (ends("C_SetPIN")) raise(SIGKILL);
  return rv;
}
static CK_RV wrap_key(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE wrapping, CK_OBJECT_HANDLE key, CK_BYTE *wrapped, CK_ULONG *length) {
  CK_RV rv = real->C_WrapKey(session, mechanism, wrapping, key, wrapped, length);
  if (ends("C_WrapKey")) raise(SIGKILL);
  return rv;
}
static CK_RV unwrap_key(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE unwrapping, CK_BYTE *wrapped, CK_ULONG length, CK_ATTRIBUTE *template, CK_ULONG count, CK_OBJECT_HANDLE *key) {
  CK_RV rv = real->C_UnwrapKey(session, mechanism, unwrapping, wrapped, length, template, count, key);
  if (ends("C_UnwrapKey")) raise(SIGKILL);
  return rv;
}

CK_RV C_GetFunctionList(CK_FUNCTION_LIST **list) {
  if (!real) {
    void *module = dlopen(getenv("QUORATE_TEST_MODULE"), RTLD_NOW | RTLD_LOCAL);
    CK_RV (*get)(CK_FUNCTION_LIST **) = module ? (CK_RV (*)(CK_FUNCTION_LIST **))dlsym(module, "C_GetFunctionList") : NULL;
    if (!get || get(&real) != CKR_OK) return CKR_GENERAL_ERROR;
    mine = *real;
    mine.C_GetFunctionList = C_GetFunctionList;
    mine.C_GetInfo = get_info;
    mine.C_GetSlotList = get_slot_list;
    mine.C_GetSlotInfo = get_slot_info;
    mine.C_GetTokenInfo = get_token_info;
    mine.C_WaitForSlotEvent = wait_for_slot_event;
    mine.C_OpenSession = open_session;
    mine.C_Login = login;
    mine.C_CreateObject = create_object;
    mine.C_FindObjectsInit = find_objects_init;
    mine.C_GetAttributeValue = get_attribute_value;
    mine.C_DestroyObject = destroy_object;
    mine.C_SetPIN = set_pin;
    mine.C_WrapKey = wrap_key;
    mine.C_UnwrapKey = unwrap_key;
  }
  *list = &mine;
  return CKR_OK;
}
