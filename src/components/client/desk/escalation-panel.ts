/** Escalating: why, to whom, and the text for the ticket, made from the run. Copying it is an entry of the run. */
import { copyText } from '../../../lib/browser/clipboard.ts';
import { seenOf } from '../../../lib/core/run/account.ts';
import { escalatedEntry } from '../../../lib/core/run/entries.ts';
import { escalationText, escalationTriggers, safeties } from '../../../lib/core/run/escalation.ts';
import { localTime } from '../../../lib/browser/identity.ts';
import { find, findAll, make } from '../dom.ts';
import type { Context } from './context.ts';
import { nameOfItem, tierOf, valuesOfPage } from './outline-of-page.ts';
import { box, button, choice, field, form, quiet, type Choice, type Control } from './ui.ts';
import { letGo, remember, rememberChoice } from './words.ts';

const detailOf = (element: HTMLElement | undefined, name: string): string => {
  const detail = element && findAll(element, '.rb-detail').find((row) => find(row, 'dt')?.textContent === name);
  const shown = detail && find(detail, 'dd');
  return shown?.innerText.replace(/\s+/g, ' ').trim() ?? '';
};

const tiers = [2, 3, 4] as const;

/** @param element The step or gate where it went wrong; nothing for the run as a whole. */
export function openEscalation(
  context: Context,
  element: HTMLElement | undefined,
): { readonly body: HTMLElement; readonly first: HTMLElement | undefined } {
  const { store, root } = context.page;
  const who = store.actor();
  const named = Number(/To tier ([2-4])/.exec(detailOf(element, 'Escalate'))?.[1] ?? 0);
  const next = Math.min(4, Math.max(2, (who?.tier ?? tierOf(element ?? root) ?? 1) + 1));

  const at = element?.id ?? 'run';
  const places: string[] = [];
  const placeOf = (name: string): string => {
    const place = `${at}:escalate-${name}`;
    places.push(place);
    return place;
  };
  const kept = (name: string, options: Parameters<typeof field>[0]): Control =>
    remember(context.page, field(options), placeOf(name));
  const keptChoice = (name: string, options: Parameters<typeof choice>[0]): Choice =>
    rememberChoice(context.page, choice(options), placeOf(name));

  const to = keptChoice('to', {
    label: 'To',
    of: tiers.map((tier) => [String(tier), tier === 4 ? 'Tier 4, the vendor' : `Tier ${tier}`] as const),
    value: String(named || next),
  });
  const trigger = keptChoice('why', {
    label: 'Why',
    of: escalationTriggers.map(({ id, words }) => [id, words] as const),
  });
  const expected = kept('expected', { label: 'Expected', rows: 2, value: detailOf(element, 'Expect') });
  const seen = kept('seen', {
    label: 'Seen instead, in its exact words',
    rows: 2,
    value: (element && seenOf(store.$state.get(), element.id)?.data.value) ?? '',
  });
  const effect = kept('effect', { label: 'Who or what is affected', rows: 2 });
  const notTried = kept('not-tried', { label: 'What is not tried yet', rows: 2 });
  const need = kept('need', { label: 'What you need from them', rows: 2 });
  const until = kept('until', { label: 'Until when', hint: 'For example: 04:00, the end of the window.' });
  const safety = keptChoice('safety', {
    label: 'The system now',
    of: [
      ['safe', safeties.safe],
      ['degraded', safeties.degraded],
      ['half-changed', safeties['half-changed']],
    ],
  });
  const way = kept('undo', { label: 'How to undo', rows: 2, value: detailOf(element, 'Undo') });

  const preview = make('pre', { class: 'rb-composed', tabindex: '0', 'aria-label': 'Text for the ticket' });
  const compose = (): string => {
    const id = trigger.value();
    const safe = (['safe', 'degraded', 'half-changed'] as const).find((value) => value === safety.value());
    const given = {
      expected: expected.text(),
      seen: seen.text(),
      effect: effect.text(),
      notTried: notTried.text(),
      need: need.text(),
      until: until.text(),
      undo: way.text(),
    };
    return escalationText({
      state: store.$state.get(),
      outline: context.applying(),
      trigger: escalationTriggers.find((one) => one.id === id)?.words ?? '',
      to: tiers.find((tier) => String(tier) === to.value()) ?? 2,
      values: valuesOfPage(),
      ...(element && { step: element.id }),
      ...Object.fromEntries(Object.entries(given).filter(([, text]) => text)),
      ...(safe && { safety: safe }),
      by: store.actor() ?? { by: 'somebody', tier: 1 },
      now: localTime(Date.now()),
    });
  };
  const show = (): void => {
    preview.textContent = compose();
  };

  const send = (): void => {
    const why = escalationTriggers.find((one) => one.id === trigger.value());
    if (!why) return trigger.refuse('Choose why you escalate');
    const tier = tiers.find((one) => String(one) === to.value());
    if (!tier) return to.refuse('Choose to whom');
    context.page.form.whenStarted(element ?? root, () => {
      const text = compose();
      preview.textContent = text;
      void copyText(text, preview).then((outcome) =>
        context.act({
          near: element ?? root,
          entry: () =>
            escalatedEntry({
              to: tier,
              trigger: why.words,
              text,
              ...(element && { step: element.id, stepHash: element.dataset['hash'] ?? '' }),
            }),
          done: `${outcome === 'copied' ? 'Copied: paste it into the ticket.' : 'Selected: press Ctrl+C, then paste it into the ticket.'} Escalated to tier ${tier}.`,
          refuse: trigger.refuse,
          // In the fields the words stay: the text can be copied again.
          then: () => letGo(context.page, places),
        }),
      );
    });
  };

  const more = document.createElement('details');
  // What was being written is not folded away.
  more.open = [effect, notTried, until].some((control) => control.text() !== '');
  more.append(
    make('summary', {}, 'More for the ticket'),
    box('div', 'rb-form', expected.place, effect.place, notTried.place, until.place, safety.place, way.place),
  );
  const body = form(
    `Escalate${element ? ` from ${nameOfItem(element)}` : ''}`,
    send,
    'Copy the text and record it',
    trigger.place,
    to.place,
    seen.place,
    need.place,
    more,
    quiet('Text for the ticket, made from this run:'),
    preview,
  );
  body.addEventListener('input', show);
  body.addEventListener('change', show);
  body.append(
    button(
      'Copy again',
      () =>
        void copyText(preview.textContent ?? '', preview).then((outcome) =>
          context.announce(outcome === 'copied' ? 'Copied.' : 'Selected: press Ctrl+C.'),
        ),
    ),
  );
  show();
  return { body, first: find(trigger.place, 'input') };
}
