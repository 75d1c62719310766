import type { Duty } from '../duty.ts';
import { holdsShare, pinTypists, roomOf } from '../people-in-view.ts';

/** Who types a whole PIN of an HSM, or has a part in both the User and the SO PIN, holds no share. */
export const pinHolderNoShare: Duty = {
  id: 'pin-holder-no-share',
  says: 'Who types a whole PIN of the HSM, or has a part in both the User PIN and the SO PIN, holds no share.',
  clause: 'PCI PIN 32', verified: false, place: 'pin',
  judge: (view) => {
    const { user, so } = pinTypists(view.plan);
    return roomOf(view).filter((person) => holdsShare(view, person)).flatMap(({ id, name }) => {
      const whole = (user.length === 1 && user[0] === id) || (so.length === 1 && so[0] === id);
      if (whole) return [{ people: [id], text: `${name} types a whole PIN of the HSM and holds a share.` }];
      return user.includes(id) && so.includes(id) ? [{ people: [id], text: `${name} has a part in both the User PIN and the SO PIN and holds a share.` }] : [];
    });
  },
};
