/** What more there is to a step or a gate: note, evidence, value seen, does not apply, time, escalation, history. */
import { readPicture } from '../../../lib/browser/pictures.ts';
import { minutesSpent, seenOf } from '../../../lib/core/run/account.ts';
import { dataAddress } from '../../../lib/core/run/base64.ts';
import { evidenceEntry, notApplicableEntry, noteEntry, seenEntry, spentEntry } from '../../../lib/core/run/entries.ts';
import { tickOf } from '../../../lib/core/run/fold.ts';
import { instantMs } from '../../../lib/core/run/time.ts';
import { find, findAll, make, say } from '../dom.ts';
import { refill } from '../focus.ts';
import type { Context } from './context.ts';
import { openEscalation } from './escalation-panel.ts';
import { historyList } from './history.ts';
import { minutesOf, nameInText, nameOfItem } from './outline-of-page.ts';
import { box, button, field, form, quiet, row, type Control } from './ui.ts';
import { letGo, remember } from './words.ts';

/** One of the things to do in the panel: its button, and what opens under it. */
interface Drawer {
  readonly words: string;
  /** Made when it is first opened. */
  readonly open: () => { readonly body: HTMLElement; readonly first: HTMLElement | undefined };
}

export interface Panel {
  readonly place: HTMLElement;
  readonly paint: () => void;
  readonly focus: () => void;
}

/** How far above its box a step has been waiting: from the first entry at it to its tick. */
function timeWords(context: Context, element: HTMLElement): string {
  const state = context.page.store.$state.get();
  const box = minutesOf(element);
  const spent = minutesSpent(state, element.id);
  const history = state.steps.get(element.id)?.history ?? [];
  const [begun] = history;
  const ended = tickOf(state, element.id);
  const took =
    begun && ended && begun !== ended ? Math.round((instantMs(ended.at) - instantMs(begun.at)) / 60_000) : undefined;
  return [
    box === undefined ? 'No time-box.' : `Time-box: ${box} min.`,
    spent ? `Time entered: ${spent} min${box !== undefined && spent > box ? `, ${spent - box} over` : ''}.` : '',
    took === undefined ? '' : `From the first entry to the tick: ${took} min.`,
  ]
    .filter(Boolean)
    .join(' ');
}

export function createStepPanel(context: Context, element: HTMLElement): Panel {
  const { page, announce } = context;
  const { store } = page;
  const { id } = element;
  const name = nameOfItem(element);
  const inText = nameInText(element);
  const isStep = element.classList.contains('rb-step');
  const at = { step: id, stepHash: element.dataset['hash'] ?? '' };
  const asksToSee = find(element, '.rb-detail > dt')
    ? findAll(element, '.rb-detail > dt').some((word) => /^(Expect|Record)$/.test(word.textContent ?? ''))
    : false;

  const placeOf = (field: string): string => `${id}:${field}`;
  const kept = (control: Control, field: string): Control => remember(page, control, placeOf(field));
  /** The words are part of the run: the field is empty again. */
  const forget = (control: Control, field: string): void => {
    control.input.value = '';
    control.input.dispatchEvent(new Event('input'));
    letGo(page, [placeOf(field)]);
  };

  const noteDrawer = (): ReturnType<Drawer['open']> => {
    const note = kept(
      field({ label: 'Note', rows: 3, hint: 'What the next person must know. Kept with your name and the time.' }),
      'note',
    );
    const body = form(
      `Note at ${name}`,
      () =>
        context.act({
          near: element,
          entry: () => noteEntry({ text: note.text(), ...at }),
          done: `Note kept at ${inText}.`,
          refuse: note.refuse,
          then: () => forget(note, 'note'),
        }),
      'Keep note',
      note.place,
    );
    return { body, first: note.input };
  };

  const seenDrawer = (): ReturnType<Drawer['open']> => {
    const seen = kept(
      field({
        label: 'Value seen',
        hint: 'The exact words or number on the screen, not “OK”.',
        value: seenOf(store.$state.get(), id)?.data.value ?? '',
      }),
      'seen',
    );
    const body = form(
      `Value seen at ${name}`,
      () =>
        context.act({
          near: element,
          entry: () => seenEntry(store.$state.get(), { ...at, value: seen.text() }),
          done: `Value seen kept at ${inText}.`,
          refuse: seen.refuse,
          then: () => forget(seen, 'seen'),
        }),
      'Keep value seen',
      seen.place,
    );
    return { body, first: seen.input };
  };

  const awayDrawer = (): ReturnType<Drawer['open']> => {
    const reason = kept(
      field({
        label: 'Why this step does not apply',
        hint: 'It then counts as settled. It stays in the record with this reason.',
      }),
      'away',
    );
    const body = form(
      `${name} does not apply`,
      () =>
        context.act({
          near: element,
          entry: () => notApplicableEntry(store.$state.get(), { ...at, reason: reason.text() }),
          done: `${name} does not apply.`,
          refuse: reason.refuse,
          then: () => forget(reason, 'away'),
        }),
      'Does not apply',
      reason.place,
    );
    return { body, first: reason.input };
  };

  const timeDrawer = (): ReturnType<Drawer['open']> => {
    const minutes = kept(
      field({ label: 'Minutes spent', hint: 'Added to what was entered before.', most: 6 }),
      'minutes',
    );
    minutes.input.inputMode = 'numeric';
    const body = form(
      `Time spent on ${name}`,
      () =>
        context.act({
          near: element,
          entry: () => spentEntry({ ...at, minutes: minutes.text() }),
          done: `Time kept at ${inText}.`,
          refuse: minutes.refuse,
          then: () => forget(minutes, 'minutes'),
        }),
      'Keep time',
      time,
      minutes.place,
    );
    return { body, first: minutes.input };
  };

  const evidenceDrawer = (): ReturnType<Drawer['open']> => {
    const text = kept(
      field({
        label: 'Evidence',
        rows: 4,
        hint: 'Paste the output here, or paste or drop a picture. Kept in this browser and in the save file; never paste a password.',
      }),
      'evidence',
    );
    const called = kept(
      field({
        label: 'Name of the evidence',
        hint: 'Such as the name of the file, or where it lies. May be left empty.',
        most: 200,
      }),
      'evidence-name',
    );
    const picker = make('input', {
      type: 'file',
      accept: 'image/png,image/jpeg,image/gif,image/webp',
      'aria-label': 'Picture as evidence',
    }) as HTMLInputElement; // made as an input
    const picked = box('div', 'rb-picked');
    let picture: File | Blob | undefined;

    const choose = (file: File | Blob | undefined): void => {
      picture = file;
      picked.replaceChildren();
      if (!file) return;
      const words = `Picture: ${file instanceof File && file.name ? file.name : 'pasted'}, ${Math.ceil(file.size / 1000)} kB.`;
      picked.append(
        quiet(words, ' '),
        button('Take it out', () => {
          choose(undefined);
          picker.value = '';
          text.input.focus();
        }),
      );
      announce(words);
    };
    picker.addEventListener('change', () => choose(picker.files?.[0]));
    /** What was pasted or dropped here. Save files are for the page; what is no picture is refused when it is to be kept. */
    const fileOf = (data: DataTransfer | null): File | undefined => {
      const files = [...(data?.files ?? [])].filter(({ name }) => !name.endsWith('.json'));
      return files.find(({ type }) => type.startsWith('image/')) ?? files[0];
    };

    const keep = async (): Promise<void> => {
      const name = called.text();
      if (!picture) {
        context.act({
          near: element,
          entry: () => evidenceEntry({ text: text.input.value.trimEnd(), ...(name && { name }), ...at }),
          done: `Evidence kept at ${inText}.`,
          refuse: text.refuse,
          then: () => {
            forget(text, 'evidence');
            forget(called, 'evidence-name');
          },
        });
        return;
      }
      const read = await readPicture(picture);
      if (!read.ok) return text.refuse(read.why);
      page.form.whenStarted(element, () => void keepPicture(read.value.bytes, read.value.type));
    };
    const keepPicture = async (
      bytes: Uint8Array<ArrayBuffer>,
      type: Parameters<typeof context.pictures.put>[2],
    ): Promise<void> => {
      const put = await context.pictures.put(store.runId() ?? '', bytes, type);
      if (!put.ok) return text.refuse(put.why);
      const typed = text.input.value.trimEnd();
      const title = called.text() || (picture instanceof File ? picture.name : '');
      context.act({
        near: element,
        entry: () =>
          evidenceEntry({ picture: put.value, ...(title && { name: title }), ...(typed && { text: typed }), ...at }),
        done: `Picture kept at ${inText}.`,
        refuse: text.refuse,
        then: () => {
          forget(text, 'evidence');
          forget(called, 'evidence-name');
          picker.value = '';
          choose(undefined);
        },
      });
    };
    const body = form(
      `Evidence at ${name}`,
      () => void keep(),
      'Keep evidence',
      text.place,
      picked,
      called.place,
      box('label', 'rb-file', 'Or choose a picture: ', picker),
    );
    body.addEventListener('paste', (event) => {
      const image = fileOf(event.clipboardData);
      // Cells of a sheet are copied as text and as a picture of it: whoever pastes output means the text.
      if (!image || event.clipboardData?.getData('text/plain')) return;
      event.preventDefault();
      choose(image);
    });
    body.addEventListener('dragover', (event) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    });
    body.addEventListener('drop', (event) => {
      const image = fileOf(event.dataTransfer);
      if (!image) return;
      event.preventDefault();
      event.stopPropagation();
      choose(image);
    });
    return { body, first: text.input };
  };

  const time = quiet();
  const pictures = box('div', 'rb-pictures');
  const history = box('div', '');
  const escalation: Drawer = { words: 'Escalate', open: () => openEscalation(context, element) };
  const drawers: readonly Drawer[] = [
    { words: 'Note', open: noteDrawer },
    ...(asksToSee ? [{ words: 'Value seen', open: seenDrawer }] : []),
    { words: 'Evidence', open: evidenceDrawer },
    ...(isStep ? [{ words: 'Does not apply', open: awayDrawer }] : []),
    { words: 'Time', open: timeDrawer },
    escalation,
  ];

  const shelf = box('div', 'rb-shelf');
  const made = new Map<string, ReturnType<Drawer['open']>>();
  const buttons = drawers.map((drawer) => {
    const made = button(drawer.words, () => show(drawer, true));
    made.setAttribute('aria-expanded', 'false');
    return made;
  });
  const show = (drawer: Drawer, takeFocus: boolean): void => {
    drawers.forEach(({ words }, index) =>
      buttons[index]?.setAttribute('aria-expanded', String(words === drawer.words)),
    );
    const opened = made.get(drawer.words) ?? drawer.open();
    made.set(drawer.words, opened);
    shelf.replaceChildren(opened.body);
    if (takeFocus) opened.first?.focus();
  };

  const place = make(
    'section',
    { class: 'rb-desk', 'aria-label': `More about ${name}` },
    row(...buttons),
    shelf,
    pictures,
    history,
  );

  const paintPictures = async (): Promise<void> => {
    const state = store.$state.get();
    const own = (state.steps.get(id)?.history ?? []).flatMap((event) =>
      event.kind === 'evidence' && event.data.picture && !state.gone.has(event.id)
        ? [{ picture: event.data.picture, name: event.data.name }]
        : [],
    );
    const shown = await Promise.all(
      own.map(async ({ picture, name: title }) => {
        const bytes = await context.pictures.get(store.runId() ?? '', picture.sha256);
        const alt = title ?? 'Picture kept as evidence';
        if (!bytes)
          return quiet(`${alt}: the picture is not in this browser. It is in the save file of whoever kept it.`);
        return make(
          'figure',
          {},
          make('img', { src: dataAddress(bytes, picture.type), alt }),
          make('figcaption', { class: 'rb-label' }, alt),
        );
      }),
    );
    pictures.replaceChildren(...shown);
  };
  let painted = '';
  const paint = (): void => {
    say(time, timeWords(context, element));
    const state = store.$state.get();
    const own = [...(state.steps.get(id)?.history ?? []), ...(state.gates.get(id)?.history ?? [])];
    const sign = own.map((event) => `${event.id}${state.gone.has(event.id)}`).join();
    if (sign === painted && painted) return;
    painted = sign;
    refill(history, historyList(context, own, `Nothing is kept at ${inText} yet.`));
    void paintPictures();
  };
  const [first] = drawers;
  return {
    place,
    paint,
    focus: () => {
      if (first && shelf.childElementCount === 0) show(first, true);
      else buttons[0]?.focus();
    },
  };
}
