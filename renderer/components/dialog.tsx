/** A dialog over the left part of the window: people, quorum and transcript stay lit and uncovered beside it. Escape is the safe way out. */
import type { ReactNode } from 'react';
import { LARGE, useMatches } from './use-now.ts';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import styles from './dialog.module.css';

interface DialogProps { readonly title: ReactNode; readonly note?: ReactNode; readonly onClose: () => void; readonly children: ReactNode; readonly tone?: 'accent' | 'stop'; readonly beside?: boolean }

export const Dialog = ({ title, note, onClose, children, tone = 'accent', beside = false }: DialogProps) => {
  const large = useMatches(LARGE);
  return (
  <ModalOverlay className={`${styles.overlay} ${beside ? styles.beside : ''}`} data-scale={beside && large ? 'mirrored' : 'operator'} isOpen isDismissable={false} onOpenChange={(open) => { if (!open) onClose(); }}>
    <Modal className={`${styles.modal} ${tone === 'stop' ? styles.stop : ''}`}>
      <AriaDialog className={styles.dialog ?? ''}>
        <header className={styles.head}><Heading slot="title" level={1}>{title}</Heading>{note && <p>{note}</p>}</header>
        {children}
      </AriaDialog>
    </Modal>
  </ModalOverlay>
  );
};
export const DialogActions = ({ children }: { readonly children: ReactNode }) => <div className={styles.actions}>{children}</div>;
