/** Prepare, for a ceremony on an existing set: why and on whose decision, and what the archive says of the set. */
import { fourDigits } from '../../../shared/text/ceremony-number.ts';
import type { KeyPlan, Plan, Source } from '../../../shared/ceremony/plan-schema.ts';
import { Choices, Field, Tick } from '../../components/field.tsx';
import { Caption, Code, Pairs, Section } from '../../components/parts.tsx';
import { editPlan } from '../../stores/prepare-store.ts';
import { withDrill } from './plan-form.ts';
import { fourWords, WordGrid } from '../../components/word-grid.tsx';
import { keyName } from '../../../shared/text/script.ts';
import type { PaneProps } from './panes.tsx';

const copiesText = ({ copies }: Source): string => {
  const count = (kind: string): number => copies.filter(({ copy }) => copy.kind === kind).length;
  const parts = ([['sheet', 'sheets'], ['card', 'cards'], ['medium', 'media']] as const).flatMap(([kind, many]) => (count(kind) === 0 ? [] : [`${count(kind)} ${count(kind) === 1 ? kind : many}`]));
  return parts.length === 0 ? 'No copy is known' : parts.join(', ');
};

/** Read-only: it comes from the archive, and a freeze compares it with the archive once more. */
export const SourceSummary = ({ plan, source, purpose = false }: { readonly plan: KeyPlan; readonly source: Source; /** Says the purpose too, where no field beside it does. */ readonly purpose?: boolean }) => (
  <Section title="What this ceremony stands on" end={`ceremony ${fourDigits(source.ceremony.number)}`} level={3}>
    <div data-testid="source-summary" data-set={source.set.setId}>
      <Pairs rows={[
        ...(purpose ? [['Purpose', source.purpose] as const, ['Decided by', source.authority] as const] : []),
        ['Key', `${keyName(plan)}: ${fourWords(source.key.spkiSha256)}`], ['Set', `${source.set.setName}, epoch ${source.set.epoch}, any ${source.set.threshold} of ${source.set.shares}${source.set.drill ? ', practice' : ''}`],
        ['Set fingerprint', <Code key="f" wrap>{source.set.setFingerprint}</Code>], ['Held by', source.set.holders.map(({ number, name }) => `${number} ${name}`).join(', ')], ['Copies not destroyed', copiesText(source)],
        ['Wrapped key', source.wrapped ? `${source.wrapped.algorithm}, medium ${source.wrapped.media.join(', ')}` : 'No copy is known any more'],
        ...(plan.ceremony.kind === 'recovery' ? [['Target', plan.hsm.serial ? `HSM ${plan.hsm.serial}` : 'not chosen yet'] as const] : []),
      ]} />
    </div>
  </Section>
);

interface Why { readonly purpose: string; readonly authority: string }
interface WhyProps { readonly why: Why; /** The field of the plan that says it. */ readonly where: 'source' | 'decision'; readonly set: (change: Partial<Why>) => void; readonly problem: PaneProps['problem'] }
const WhyFields = ({ why, where, set, problem }: WhyProps) => (
  <>
    <Field label="Purpose" hint="Why it is done. Read aloud, and on the screen all the time" value={why.purpose} onChange={(purpose) => set({ purpose })} problem={problem(`${where}.purpose`)} testId={`${where}-purpose`} maxLength={160} />
    <Field label="Decided by" hint="Who decided it, and the number of the decision" value={why.authority} onChange={(authority) => set({ authority })} problem={problem(`${where}.authority`)} testId={`${where}-authority`} maxLength={160} />
  </>
);
export const PurposeFields = ({ source, problem }: { readonly source: Source; readonly problem: PaneProps['problem'] }) => (
  <WhyFields why={source} where="source" problem={problem} set={(change) => editPlan((draft) => (draft.source ? { ...draft, source: { ...draft.source, ...change } } : draft))} />
);
export const DecisionFields = ({ decision, problem }: { readonly decision: NonNullable<Plan['decision']>; readonly problem: PaneProps['problem'] }) => (
  <WhyFields why={decision} where="decision" problem={problem} set={(change) => editPlan((draft) => ({ ...draft, decision: { ...decision, ...change } }))} />
);

export const PaperChoice = ({ plan, legend }: { readonly plan: Plan; readonly legend: string }) => (
  <Choices legend={legend} value={plan.sheets.paper} options={[['A4', 'A4'], ['Letter', 'Letter']]} onChange={(paper) => editPlan((draft) => ({ ...draft, sheets: { ...draft.sheets, paper: paper === 'Letter' ? 'Letter' : 'A4' } }))} testId={(paper) => `paper-${paper}`} />
);

export const DrillChoice = ({ plan }: { readonly plan: Plan }) => (
  <div>
    <Tick checked={plan.drill === true} onChange={(on) => editPlan((draft) => withDrill(draft, on))} testId="drill">This is a drill: practice with real people and paper</Tick>
    <Caption>Every share carries the drill mark. It never passes a real recovery, and a real share never passes a drill.</Caption>
  </div>
);

/** The fingerprint of the source’s key, to be compared with paper before the plan is frozen. */
export const SourceKeyWords = ({ source }: { readonly source: Source }) => <Section title="Fingerprint of the key" level={3}><WordGrid hex={source.key.spkiSha256} label="Fingerprint of the key in words" /></Section>;
