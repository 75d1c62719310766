/** The one definition of the application folder, and of the .deb and .zip made of it. scripts/package.mjs stages what goes in. */
import path from 'node:path';
import { MakerDeb } from '@electron-forge/maker-deb';
import { MakerZIP } from '@electron-forge/maker-zip';
import { FusesPlugin } from '@electron-forge/plugin-fuses';
import { RELEASE_FUSES } from '../fuses.ts';

const required = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set: run this through npm run package`);
  return value;
};

export default {
  outDir: required('QUORATE_PACKAGE_OUT'),
  packagerConfig: {
    name: 'Quorate', executableName: 'quorate', electronZipDir: required('QUORATE_ELECTRON_ZIPS'),
    asar: { unpack: '**/*.node' },
    // Plain files in resources/: OpenSC reads one, people the other, when Quorate is long gone.
    extraResource: required('QUORATE_EXTRA_FILES').split(path.delimiter),
    // What is left of compiling the native module.
    ignore: [/\/obj\.target(\/|$)/, /\/build\/Release\/\.deps(\/|$)/],
  },
  // The native module speaks N-API: one build fits every Electron.
  rebuildConfig: { onlyModules: [] },
  makers: [
    new MakerDeb({ options: {
      name: 'quorate', bin: 'quorate', productName: 'Quorate', genericName: 'Key ceremony', section: 'admin', maintainer: 'Quorate <security@quorate.invalid>',
      description: 'Offline key ceremonies with a quorum in a room', categories: ['Utility'], depends: ['cups-client', 'fonts-dejavu-core'], recommends: ['opensc'],
    } }, ['linux']),
    new MakerZIP({}, ['linux']),
  ],
  plugins: [new FusesPlugin(RELEASE_FUSES)],
};
