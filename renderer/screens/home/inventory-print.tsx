/** Prints what the archive knows of keys, shares and media, for a walk to the safes. */
import { useState } from 'react';
import type { Mode } from '../../../shared/ceremony/plan-schema.ts';
import { run } from '../../actions.ts';
import { Button } from '../../components/button.tsx';
import { Code } from '../../components/parts.tsx';
import { useUi } from '../../stores/ui-store.ts';
import styles from './home.module.css';

export const InventoryPrint = ({ mode }: { readonly mode: Mode }) => {
  const [made, setMade] = useState<{ readonly path: string; readonly pages: number } | null>(null);
  const pending = useUi((ui) => ui.pending);
  const print = async (): Promise<void> => setMade(await run('inventory.print', { mode }));
  return (
    <div className={styles.inventory}>
      <Button small testId="inventory-print" onPress={() => void print()} disabled={pending !== null}>{pending === 'inventory.print' ? 'The inventory is being made' : 'Print the inventory'}</Button>
      <p role="status" className={styles.cap}>{made && <>Inventory made: {made.pages} {made.pages === 1 ? 'page' : 'pages'}, <Code wrap testId="inventory-path">{made.path}</Code></>}</p>
    </div>
  );
};
