/** A fault as the record prints it: the heading of the error text, and its code. */
import { errorText } from '../../../shared/text/errors.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';

export const faultWords = (fault: { readonly code: string; readonly details: Readonly<Record<string, unknown>> }): Html =>
  html`${errorText(fault.code, fault.details).title} <span class="s">(${fault.code})</span>`;
