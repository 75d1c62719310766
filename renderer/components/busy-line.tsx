/** One line that says what main is doing, outside a ceremony. */
import { cancelEntry } from '../actions.ts';
import { useUi } from '../stores/ui-store.ts';
import { busyText } from '../text/busy.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import styles from './busy-line.module.css';

export const BusyLine = () => {
  const busy = useUi((ui) => ui.busy);
  return (
    <div role="status" className={styles.live}>
      {busy && <div className={styles.line}><Icon name="mach" /><p><b>{busyText(busy)}.</b></p>{(busy === 'tokens' || busy === 'enrol') && <Button small onPress={cancelEntry} testId="entry-close">Close that window</Button>}</div>}
    </div>
  );
};
