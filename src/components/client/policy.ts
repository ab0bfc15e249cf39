/**
 * Second script of a policy's own page: its fields, kept in the address, and the forms of the change.
 */
import type { FormPolicy } from '../../lib/core/policy/forms.ts';
import { policyFaults } from '../../lib/core/policy/policy-fields.ts';
import { addressStore } from './address-store.ts';
import { find } from './dom.ts';
import { openPageFrame } from './frame.ts';
import { createPolicyView } from './policy-view.ts';
import { openSheetForm } from './sheet-form.ts';

const { announce } = globalThis.ringbook;

openPageFrame();

const form = find(document, '[data-sheet] form');
const main = find(document, '#main');
const out = find(document, '[data-forms]');
const data = find(document, '[data-policy]')?.textContent;
if (form && main && out && data) {
  // Written by the build from the catalogue, whose schema it has passed.
  const policy = JSON.parse(data) as FormPolicy;
  const view = createPolicyView(out, policy, announce);
  openSheetForm(form, main, addressStore(), announce, () => undefined, [view], policyFaults(policy));
}
