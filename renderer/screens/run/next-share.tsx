/** Who brings the next share, whose it is, and how it comes. */
import { gatheredSetOf } from '../../../shared/ceremony/people.ts';
import type { GatherStep } from '../../../shared/ceremony/script-types.ts';
import { gatheringOf, isPresent } from '../../../shared/ceremony/select.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { send } from '../../actions.ts';
import { ChoiceRow } from '../../components/choice-row.tsx';
import { Select } from '../../components/field.tsx';
import { Caption, Section } from '../../components/parts.tsx';
import { typeInStep, useStep } from '../../stores/step-store.ts';
import { cardSerialOf, holderName, holderRows, nextShare, otherMayBring, type Medium } from './gather-view.ts';
import styles from './custody.module.css';

const MEDIA = [['paper', 'Paper', 'sheet'], ['card', 'Card', 'card']] as const;

/** How another person may bring a share: said where it is needed, not before. */
export const OtherMayBring = () => (
  <p>If the room lets one person bring another’s share: the internal witness records the exception “Person change” (F9) for this step. After that this screen asks whose share comes next.</p>
);

export const NextShare = ({ snapshot, step, busy }: { readonly snapshot: Snapshot; readonly step: GatherStep; readonly busy: boolean }) => {
  const draft = useStep();
  const { state } = snapshot;
  const set = gatheredSetOf(state.plan, step.holds);
  if (!set || (gatheringOf(state, step)?.shares.length ?? 0) >= step.threshold) return null;
  const next = nextShare(state, step, draft);
  const others = otherMayBring(state, step.id);
  const open = holderRows(state, step).filter((row) => row.share === null);
  const presenters = (others ? state.plan.people.map(({ id, name }) => ({ id, name })) : open.map(({ person, brings, name }) => ({ id: brings, name: brings === person ? name : `${holderName(state, set, brings)}, for ${name}` }))).filter(({ id }) => isPresent(state, id));
  const presenter = draft.presenter !== '' ? draft.presenter : next?.presenter ?? '';
  const read = (carrier: Medium): void => { if (next) void send({ type: 'read-share', step: step.id, presenter: next.presenter, holder: next.holder, carrier }); };
  const serial = next ? cardSerialOf(state, set.setId, next.number) : null;
  return (
    <Section title="How does the next share come?" end={`${open.length} not read yet`}>
      <div className={styles.next}>
        {presenters.length === 0 ? <p>Nobody whose share is missing is here.</p>
          : <Select label={others ? 'Who brings it' : 'Who is at the desk'} value={presenter} options={presenters.map(({ id, name }) => [id, name])} onChange={(id) => typeInStep({ presenter: id, ...(others ? {} : { holder: '' }) })} testId="gather-presenter" />}
        {others && <Select label="Whose share it is" value={draft.holder !== '' ? draft.holder : next?.holder ?? ''} options={[...(next ? [] : [['', 'Choose the holder'] as const]), ...open.map(({ person, name, number }) => [person, `${name}, share ${number}`] as const)]} onChange={(holder) => typeInStep({ holder })} testId="gather-holder" />}
        <ChoiceRow label="How the share comes" choices={MEDIA.map(([id, label, icon]) => ({ id, label, icon, onPress: () => read(id), disabled: busy || !next?.carriers.includes(id), testId: `gather-read-${id}` }))} />
        {next && <Caption>{next.carriers.includes('card') && serial ? `Card ${serial} holds share ${next.number}. The card is looked at before its PIN is asked for. ` : ''}{next.carriers.includes('paper') ? `${holderName(state, set, next.presenter)} scans or types the sheet in a window of their own; a typed line that does not match is the only one typed again.` : ''}</Caption>}
      </div>
    </Section>
  );
};
