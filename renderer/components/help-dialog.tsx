/** F1: the keys, the words, and where things stand. */
import { openDialog, useUi } from '../stores/ui-store.ts';
import { GLOSSARY, KEYS } from '../text/help.ts';
import { Button } from './button.tsx';
import { Dialog, DialogActions } from './dialog.tsx';
import { Pairs, Section } from './parts.tsx';
import styles from './help-dialog.module.css';

export const HelpDialog = () => {
  const status = useUi((ui) => ui.status);
  const close = (): void => openDialog(null);
  return (
    <Dialog title="Help" onClose={close}>
      <div className={styles.columns}>
        <Section title="Keys"><dl className={styles.list}>{KEYS.map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>)}</dl></Section>
        <Section title="Words"><dl className={styles.list}>{GLOSSARY.map(([word, what]) => <div key={word}><dt>{word}</dt><dd>{what}</dd></div>)}</dl></Section>
      </div>
      {status && <Pairs rows={[['Quorate', `${status.version}, from a ${status.source}`], ['Runtime', status.testRuntime ? `${status.runtime} (test runtime: not for ceremonies)` : status.runtime], ['Sandbox', status.sandboxed ? 'On' : 'Off']]} />}
      <DialogActions><Button onPress={close} keys="Esc">Close the help</Button></DialogActions>
    </Dialog>
  );
};
