/** How a backup is opened again, in a few lines that stand beside what is in custody: for somebody who has only this paper. */
import type { SetFacts } from '../../shared/ceremony/state.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

/** @param threshold shares that are needed. @param set the set that holds the wrapping key. */
export const recoveryLines = (set: SetFacts, threshold: number): Html => html`<div class="keep"><h3>If the key must be recovered</h3><ol class="how5">
<li>With Quorate: Keys, Prepare a recovery. It draws the script, calls the holders and judges each share before anything is combined.</li>
<li>Without: take <code>recover.html</code> to a computer without a network, and compare its SHA-256 with section “How to verify”.</li>
<li>Bring one medium with the wrapped key, <code>manifest.dsse.json</code> of this folder, and ${threshold} holders with their shares of set <b>${set.setName}</b>.</li>
<li>Each holder opens the bag and scans or types the share in it. A sheet that is printed blind needs its holder’s dice code too.</li>
<li>Compare the public key that comes out with the 32 words of the key sheet. Then load it, or destroy it.</li>
<li>Afterwards the shares are known to a computer: replace the set.</li></ol></div>`;
