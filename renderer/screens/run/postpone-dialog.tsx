/** Not today: the ceremony keeps its number, and is closed with the reason before anything was done. */
import { useState } from 'react';
import { administratorOf } from '../../../shared/ceremony/people.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { UiFault } from '../../components/fault-of-ui.tsx';
import { Caption } from '../../components/parts.tsx';
import { clean } from '../../text/clean.ts';
import { close, commit } from './dialogs.tsx';
import styles from './dialogs.module.css';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export const PostponeDialog = ({ state }: { readonly state: CeremonyState }) => {
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const day = clean(until), wrongDay = day !== '' && !DAY.test(day);
  const blocked = clean(reason) === '' ? 'Postpone the ceremony: reason is missing' : wrongDay ? 'Postpone the ceremony: the day is not year-month-day' : null;
  return (
    <Dialog beside title="Postpone the ceremony" note={`Step ${state.current ?? '–'}`} onClose={close}>
      <div className={styles.form}>
        <UiFault />
        <p>Nothing has been done to a key or a card. The ceremony keeps its number, and its record says that it was postponed. On the new day it is prepared again.</p>
        <Field label="Why it is not held today" value={reason} onChange={setReason} lines={3} maxLength={2000} testId="postpone-reason" first />
        <Field label="New day, if it is known" hint="Year-month-day, such as 2027-03-02" value={until} onChange={setUntil} testId="postpone-until" maxLength={10} />
        <Caption>The transcript is closed as postponed and can be signed. No step can follow.</Caption>
      </div>
      <DialogActions>
        <Button onPress={close} keys="Esc">Go back</Button>
        <Button look="primary" testId="postpone-commit" blocked={blocked} onPress={() => void commit({ type: 'postpone', by: administratorOf(state.plan), reason: clean(reason), until: day === '' ? null : day })}>Postpone the ceremony</Button>
      </DialogActions>
    </Dialog>
  );
};
