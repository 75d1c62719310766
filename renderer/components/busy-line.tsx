/** One line that says what main is doing, outside a ceremony. */
import { ACTIVITY_TEXT } from '../../shared/text/activity.ts';
import { cancelEntry } from '../actions.ts';
import { useUi } from '../stores/ui-store.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import styles from './busy-line.module.css';

/** Work during which a person types in an entry window, which can be closed from here. */
const ASKS_A_PERSON: readonly string[] = [ACTIVITY_TEXT.tokens, ACTIVITY_TEXT.cards, ACTIVITY_TEXT.enrol];

export const BusyLine = () => {
  const busy = useUi((ui) => ui.busy);
  return (
    <div role="status" className={styles.live}>
      {busy && <div className={styles.line}><Icon name="mach" /><p><b>{busy}</b></p>{ASKS_A_PERSON.includes(busy) && <Button small onPress={cancelEntry} testId="entry-close">Close that window</Button>}</div>}
    </div>
  );
};
