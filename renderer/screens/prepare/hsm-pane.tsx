/** Prepare: the exact module, the tokens by serial, and who types the PIN. */
import { useState } from 'react';
import { keyPlan } from '../../../shared/ceremony/people.ts';
import type { KeyPlan } from '../../../shared/ceremony/plan-schema.ts';
import type { ModuleInfo, TokenInfo } from '../../../shared/vault/contract.ts';
import { run } from '../../actions.ts';
import { Button } from '../../components/button.tsx';
import { Choices, Tick } from '../../components/field.tsx';
import { Caption, Code, Pairs, Section } from '../../components/parts.tsx';
import { editPlan, flushDraft, takeDraft } from '../../stores/prepare-store.ts';
import { useUi } from '../../stores/ui-store.ts';
import { ModuleChooser, ModuleFacts } from './module-chooser.tsx';
import type { PaneProps } from './panes.tsx';
import { PinControl } from './pin-control.tsx';
import styles from './prepare.module.css';

const PIN_STATES: Readonly<Record<TokenInfo['userPin'], string>> = { normal: '', low: 'a wrong PIN was typed before', 'last-try': 'one PIN try is left', locked: 'PIN locked' };
const describe = (token: TokenInfo): string => [token.label, token.model, `firmware ${token.firmware}`, token.initialized ? '' : 'not initialised', token.userPinInitialized ? '' : 'no User PIN', PIN_STATES[token.userPin]].filter((part) => part !== '').join(', ');

const takeToken = (info: ModuleInfo, which: 'serial' | 'secondSerial', serial: string): void =>
  editPlan((draft) => ({ ...draft, hsm: { ...keyPlan(draft).hsm, module: { path: info.path, sha256: info.sha256 }, [which]: serial, software: info.software } }));

const Tokens = ({ info, which, chosen, legend, prefix }: { readonly info: ModuleInfo; readonly which: 'serial' | 'secondSerial'; readonly chosen: string | null; readonly legend: string; readonly prefix: string }) => {
  if (info.tokens.length === 0) return <Caption>The module shows no token. Connect it and open the module again.</Caption>;
  return <Choices legend={legend} value={chosen} options={info.tokens.map((token) => [token.serial, `${token.serial}: ${describe(token)}`])} onChange={(serial) => takeToken(info, which, serial)} testId={(serial) => `${prefix}-${serial}`} />;
};

const MakeTokens = ({ plan }: { readonly plan: KeyPlan }) => {
  const pending = useUi((ui) => ui.pending);
  const make = async (): Promise<void> => {
    await flushDraft();
    const view = await run('draft.make-tokens', { mode: 'rehearsal' });
    if (view) takeDraft(view);
  };
  return (
    <Section title="Rehearsal tokens" level={3}>
      <div className={styles.form}>
        <Caption>Quorate makes {usesSecond(plan) ? 'two SoftHSM tokens' : 'one SoftHSM token'} in the rehearsal’s own folder{plan.ceremony.kind === 'recovery' ? ': the HSM that receives the key' : ''}. Their PIN is chosen in entry windows, as on the day.</Caption>
        <div><Button onPress={() => void make()} testId="prepare-make-tokens" disabled={pending !== null}>{plan.hsm.serial ? 'Make new tokens' : usesSecond(plan) ? 'Make the tokens' : 'Make the token'}</Button></div>
      </div>
    </Section>
  );
};

/** What the token is for, by the kind of ceremony. */
const firstLegend = (plan: KeyPlan): string => (plan.ceremony.kind === 'recovery' ? 'HSM that receives the key' : plan.ceremony.kind === 're-share' ? 'HSM that wraps the key anew' : 'Token that makes the key');
const secondLegend = (plan: KeyPlan): string => (plan.ceremony.kind === 're-share' ? 'Second token: proves the new backup' : 'Second token: proves the restore');
const usesSecond = (plan: KeyPlan): boolean => plan.key.backup.kind === 'split' && plan.ceremony.kind !== 'recovery';

export const HsmPane = ({ plan, problem }: PaneProps<KeyPlan>) => {
  const [info, setInfo] = useState<ModuleInfo | null>(null);
  const [path, setPath] = useState(plan.hsm.module.path);
  const opened = (module: ModuleInfo): void => {
    setInfo(module);
    editPlan((draft) => ({ ...draft, hsm: { ...keyPlan(draft).hsm, module: { path: module.path, sha256: module.sha256 }, software: module.software } }));
  };
  return (
    <div className={styles.form}>
      {plan.mode === 'rehearsal' && plan.ceremony.kind !== 're-share' && <MakeTokens plan={plan} />}
      <Section title="Module and tokens" level={3}>
        <div className={styles.form}>
          <ModuleChooser mode={plan.mode} path={path} onPath={setPath} onOpened={opened} problem={problem('hsm.module.path')} />
          {info && <ModuleFacts info={info} />}
          {info && <Tokens info={info} which="serial" chosen={plan.hsm.serial} legend={firstLegend(plan)} prefix="token" />}
          {info && usesSecond(plan) && <Tokens info={info} which="secondSerial" chosen={plan.hsm.secondSerial} legend={secondLegend(plan)} prefix="second-token" />}
          <Pairs rows={[['Module in the plan', <Code key="p" wrap>{plan.hsm.module.path}</Code>], ['Its SHA-256', plan.hsm.module.sha256 ? <Code key="d" wrap>{plan.hsm.module.sha256}</Code> : 'not read yet'], ['Token', plan.hsm.serial ?? 'not chosen yet'], ...(usesSecond(plan) ? [['Second token', plan.hsm.secondSerial ?? 'not chosen yet'] as const] : [])]} />
          <Tick checked={plan.hsm.software} onChange={(software) => editPlan((draft) => ({ ...draft, hsm: { ...keyPlan(draft).hsm, software } }))} testId="hsm-software">The token is software. It is said on every page.</Tick>
        </div>
      </Section>
      <PinControl plan={plan} />
    </div>
  );
};
