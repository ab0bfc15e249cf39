/** What the form that asks for name and tier has besides: a way out, and what the run is for. */
import { find, make, say } from '../dom.ts';
import type { RunPage } from '../run-page.ts';
import { button, field } from './ui.ts';

export function dressForm(form: HTMLFormElement, { store, form: asking }: RunPage): void {
  const submit = find(form, '[type=submit]');
  if (!submit) return;
  const isAsked = form.parentElement?.matches('.rb-runbook__head') === false;
  let cancel = find(form, '[data-cancel]');
  if (!cancel) {
    cancel = button('Cancel', asking.rest);
    cancel.dataset['cancel'] = '';
    submit.after(cancel);
    form.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || cancel?.hidden) return;
      event.preventDefault();
      asking.rest();
    });
  }
  // Who takes a run over has pressed Accept it already, and must see that this is the rest of it.
  say(submit, form.closest('[data-accept]') ? 'Accept' : 'Start');
  // In its own place there is nothing to go back to.
  cancel.hidden = !isAsked;
  const isBegun = store.runId() !== undefined;
  const more = find(form, '[data-about]');
  if (more) more.hidden = isBegun;
  else if (!isBegun) {
    const place = make('div', { class: 'rb-row', 'data-about': '' });
    place.append(
      button('Change number, site and more', () => {
        const fields = [
          field({ label: 'Title', name: 'title', hint: 'Empty: the title of the runbook.', most: 200 }),
          field({ label: 'Change number', name: 'change', hint: 'For example: CHG0031204', most: 200 }),
          field({ label: 'Site', name: 'site', hint: 'For example: Munich', most: 200 }),
          field({ label: 'Ring', name: 'ring', hint: 'For example: production, second wave', most: 200 }),
        ];
        place.replaceChildren(...fields.map((one) => one.place));
        place.className = 'rb-about';
        submit.before(place);
        fields[0]?.input.focus();
      }),
    );
    cancel.after(place);
  }
}
