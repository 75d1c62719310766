/** Takes over a plan that was written by hand: from a file, or pasted. */
import { useRef, useState, type ChangeEvent } from 'react';
import type { Mode } from '../../../shared/ceremony/plan-schema.ts';
import { run } from '../../actions.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Caption, Disclosure } from '../../components/parts.tsx';
import { flushDraft, openPane, takeDraft } from '../../stores/prepare-store.ts';
import { useUi } from '../../stores/ui-store.ts';
import styles from './prepare.module.css';

/** The largest text main takes; a larger file is refused there by name, without being sent. */
const MOST = 1_048_576;

const takeOver = async (mode: Mode, text: string): Promise<void> => {
  await flushDraft();
  if (text.length > MOST) { useUi.setState({ fault: { code: 'PLAN_TOO_LARGE', details: {} } }); return; }
  const view = await run('draft.load', { mode, text });
  if (!view) return;
  takeDraft(view);
  openPane('review');
};

export const LoadPlan = ({ mode }: { readonly mode: Mode }) => {
  const [pasted, setPasted] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const onFile = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = event.target.files?.[0];
    if (!file) return;
    await takeOver(mode, file.size > 4 * MOST ? ' '.repeat(MOST + 1) : await file.text());
    if (input.current) input.current.value = '';
  };
  return (
    <div className={styles.load}>
      <label className={styles.file}>Load a plan that was written by hand<input ref={input} type="file" accept="application/json,.json" onChange={(event) => void onFile(event)} data-testid="prepare-load" /></label>
      <Disclosure title="Or paste its text">
      <div className={styles.form}>
        <Field label="Text of the plan" value={pasted} onChange={setPasted} lines={4} code testId="prepare-paste" maxLength={MOST} />
        <div><Button small onPress={() => void takeOver(mode, pasted)} testId="prepare-paste-commit" blocked={pasted.trim() === '' ? 'Take the text over: nothing pasted' : null}>Take the text over</Button></div>
        <Caption>It replaces the draft. It is read strictly: unknown fields, repeated keys and values out of form are named and nothing is repaired.</Caption>
      </div>
      </Disclosure>
    </div>
  );
};
