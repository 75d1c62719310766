/** S3: the ceremonies that can be started, each in a sentence, with what cannot be undone and who must come. */
import type { Mode } from '../../../shared/ceremony/plan-schema.ts';
import type { KeyState } from '../../../shared/register/custody-types.ts';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/parts.tsx';
import { useUi } from '../../stores/ui-store.ts';
import { KIND_CARDS, ROOT_CARD, type KindCard } from '../../text/custody.ts';
import { offersOf, type Offer } from './custody-view.ts';
import { startCeremony } from './start-ceremony.ts';
import styles from './home.module.css';

const Words = ({ card }: { readonly card: KindCard }) => (
  <><h3>{card.title}</h3><p>{card.what}</p><p className={styles.cap}>{card.undo} People: {card.people}.</p></>
);

const OfferButton = ({ mode, card, offer, several }: { readonly mode: Mode; readonly card: KindCard; readonly offer: Offer; readonly several: boolean }) => {
  const pending = useUi((ui) => ui.pending) !== null;
  return (
    <Button small testId={`start-${offer.kind}`} set={offer.set.setId} disabled={pending} blocked={offer.blocked} onPress={() => void startCeremony({ mode, kind: offer.kind, setId: offer.set.setId })}>{card.action}{several ? `: ${offer.set.setName}` : <span className="visually-hidden">: set {offer.set.setName}</span>}</Button>
  );
};

const Card = ({ mode, card, offers }: { readonly mode: Mode; readonly card: KindCard; readonly offers: readonly Offer[] }) => (
  <div className={styles.card}><Words card={card} /><div className={styles.starts}>{offers.map((offer) => <OfferButton key={offer.set.setId} mode={mode} card={card} offer={offer} several={offers.length > 1} />)}</div></div>
);

export const Catalogue = ({ mode, item }: { readonly mode: Mode; readonly item: KeyState | null }) => {
  const pending = useUi((ui) => ui.pending) !== null;
  const offers = item ? offersOf(item) : [];
  const cards = KIND_CARDS.map((card) => ({ card, offers: offers.filter((offer) => offer.kind === card.kind) })).filter((one) => one.offers.length > 0);
  return (
    <>
      {item && cards.length > 0 && <Section title={`What can be done with ${item.label}`}>{cards.map(({ card, offers: own }) => <Card key={card.kind} mode={mode} card={card} offers={own} />)}</Section>}
      <Section title="A new key">
        <div className={styles.card}><Words card={ROOT_CARD} />
          <div className={styles.starts}><Button small disabled={pending} testId="start-root-key-generation" onPress={() => void startCeremony({ mode, kind: 'root-key-generation', setId: null })}>{ROOT_CARD.action}</Button></div></div>
      </Section>
    </>
  );
};
