/** Switches burnt into the program of a release: it runs our archive, as an application, and nothing else. */
import { FuseV1Options, FuseVersion, type FuseV1Config } from '@electron/fuses';

// SECURITY: ISO-3 a release cannot be turned into Node, inspected, or made to load other code.
export const RELEASE_FUSES: FuseV1Config = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: false,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // Linux does not check it: there the installed files belong to root and the package is signed.
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
};
