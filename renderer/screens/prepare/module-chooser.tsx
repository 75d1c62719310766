/** Chooses a PKCS#11 module: from the known ones, or by its path. Opening it shows its tokens by serial. */
import { useEffect, useState } from 'react';
import type { Mode } from '../../../shared/ceremony/plan-schema.ts';
import type { ModuleInfo } from '../../../shared/vault/contract.ts';
import { run } from '../../actions.ts';
import { call } from '../../bridge.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Code, Pairs } from '../../components/parts.tsx';
import { useUi } from '../../stores/ui-store.ts';
import { SOFTWARE_SENTENCE } from '../../text/words.ts';
import styles from './prepare.module.css';

interface ModuleChooserProps { readonly mode: Mode; readonly path: string; readonly onPath: (path: string) => void; readonly onOpened: (info: ModuleInfo) => void; readonly problem: string | null }

const useKnownModules = (): readonly string[] => {
  const [known, setKnown] = useState<readonly string[]>([]);
  useEffect(() => { void call('module.known', {}).then((answer) => { if (answer.ok) setKnown(answer.value); }); }, []);
  return known;
};

export const ModuleChooser = ({ mode, path, onPath, onOpened, problem }: ModuleChooserProps) => {
  const known = useKnownModules();
  const pending = useUi((ui) => ui.pending);
  const open = async (): Promise<void> => {
    const info = await run('module.open', { mode, path: path.trim() });
    if (info) onOpened(info);
  };
  const blocked = !path.trim().startsWith('/') ? 'Open the module: path is missing' : null;
  return (
    <div className={styles.form}>
      {known.length > 0 && (
        <div role="group" aria-label="Modules found on this computer" className={styles.known}>
          {known.map((one) => <Button key={one} small pressed={one === path} onPress={() => onPath(one)}><Code wrap>{one}</Code></Button>)}
        </div>
      )}
      <div className={styles.inline}>
        <Field label="Path of the PKCS#11 module" value={path} onChange={onPath} testId="module-path" code maxLength={512} problem={problem} />
        <Button onPress={() => void open()} testId="module-open" blocked={pending === 'module.open' ? 'The module is being asked' : blocked} disabled={pending !== null}>Open the module</Button>
      </div>
    </div>
  );
};

export const ModuleFacts = ({ info }: { readonly info: ModuleInfo }) => (
  <>
    <Pairs rows={[['Module', `${info.manufacturer} ${info.description} ${info.version}`.trim()], ['SHA-256 of the file', <Code key="h" wrap testId="module-sha256">{info.sha256}</Code>]]} />
    {info.software && <p className={styles.software} data-testid="software-sentence">{SOFTWARE_SENTENCE} It is accepted, and said on every page.</p>}
  </>
);
