/** The plan is frozen; the witness rolls dice; line 0 is written. */
import { fourDigits } from '../../../shared/text/ceremony-number.ts';
import { useEffect, useRef, useState } from 'react';
import { personOf } from '../../../shared/ceremony/select.ts';
import { witnessOf } from '../../../shared/ceremony/people.ts';
import { allSteps } from '../../../shared/ceremony/build-script.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { beginCeremony, leaveCeremony, run } from '../../actions.ts';
import { Button } from '../../components/button.tsx';
import { UiFault } from '../../components/fault-of-ui.tsx';
import { Field } from '../../components/field.tsx';
import { Caption, Code, Pairs, Section } from '../../components/parts.tsx';
import { FootNote, Shell, Spring } from '../../components/shell.tsx';
import { WordGrid } from '../../components/word-grid.tsx';
import { useUi } from '../../stores/ui-store.ts';
import { ceremonyChips } from '../run/chips.ts';
import { ceremonyName } from '../run/run-view.ts';
import { diceOf, ENOUGH_THROWS } from './dice.ts';
import styles from './begin.module.css';

const PrintScript = ({ snapshot }: { readonly snapshot: Snapshot }) => {
  const [made, setMade] = useState<{ path: string; pages: number } | null>(null);
  const busy = useUi((ui) => ui.pending);
  const print = async (): Promise<void> => setMade(await run('script.print', { mode: snapshot.state.plan.mode, number: snapshot.folder.number, name: snapshot.folder.name }));
  return (
    <div className={styles.print}>
      <Button testId="script-print" onPress={() => void print()} disabled={busy !== null}>{busy === 'script.print' ? 'The script is being made' : 'Print the ceremony script'}</Button>
      <p role="status">{made && <>Script made: {made.pages} pages, <Code wrap>{made.path}</Code>. A card for the table of each person lies beside it.</>}</p>
    </div>
  );
};

export const BeginScreen = ({ snapshot }: { readonly snapshot: Snapshot }) => {
  const { state } = snapshot;
  const [text, setText] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  const busy = useUi((ui) => ui.pending) !== null;
  useEffect(() => heading.current?.focus(), []);
  const dice = diceOf(text);
  const witness = personOf(state, witnessOf(state.plan))?.name ?? 'The internal witness';
  const blocked = busy ? 'Wait: work is under way' : dice.problem;
  return (
    <Shell badge={state.plan.mode} rehearsal={state.plan.mode === 'rehearsal'} software={state.plan.hsm?.software ?? false} name={ceremonyName(state.plan)} drill={state.plan.drill === true} title="Begin" chips={ceremonyChips(snapshot)} timeZone={state.plan.ceremony.timeZone}
      footer={<><FootNote>Nothing has been written yet. Line 0 names the mode, the plan’s digest and the nonce of this session.</FootNote><Spring /><Button onPress={() => void leaveCeremony()}>Not now</Button><Button look="primary" testId="begin-start" blocked={blocked} onPress={() => void beginCeremony(dice.throws)}>Begin the ceremony</Button></>}>
      <div className={styles.begin} data-region="step" tabIndex={0} role="region" aria-label="Begin the ceremony">
        <div className={styles.column}>
          <h1 ref={heading} tabIndex={-1}>Begin ceremony {fourDigits(snapshot.folder.number)}</h1>
          <UiFault />
          <Pairs rows={[['Title', state.plan.ceremony.title], ['Script', `${state.script.acts.length} acts, ${allSteps(state.script).length} steps, ${allSteps(state.script).filter((step) => step.kind === 'sign').length} hold points`], ...(state.plan.source ? [['Set', `${state.plan.source.set.setName}, epoch ${state.plan.source.set.epoch}`] as const, ['Purpose', state.plan.source.purpose] as const, ['Decided by', state.plan.source.authority] as const] : []), ['Folder', <Code key="f" wrap>{snapshot.folder.name}</Code>]]} />
          <Field label={`Dice as ${witness} rolled them`} hint={`${dice.throws.length} throws typed; ${ENOUGH_THROWS} or more mix in as much chance as the computer does. They may be left out.`} value={text} onChange={setText} testId="begin-dice" code large maxLength={800} problem={dice.problem} />
          <Caption>The nonce binds every signature to this session. It mixes the computer’s randomness with the witness’s dice, so that neither alone decides it.</Caption>
          <PrintScript snapshot={snapshot} />
        </div>
        <div className={styles.column}>
          <Section title="SHA-256 of the frozen plan, as printed on the script">
            <p className={styles.digest}><Code wrap testId="plan-sha256">{snapshot.planSha256}</Code></p>
            <WordGrid hex={snapshot.planSha256} label="Digest of the plan in words" />
          </Section>
        </div>
      </div>
    </Shell>
  );
};
