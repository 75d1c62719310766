/** The refusal of the last call, on screens that have no step. */
import { useUi } from '../stores/ui-store.ts';
import { FaultCard } from './fault-card.tsx';

export const UiFault = () => {
  const fault = useUi((state) => state.fault);
  return fault && <FaultCard code={fault.code} details={fault.details} />;
};
