/** Second script of a runbook's papers: fills them from the run, asks what only people know, and hands out files. */
import { openEventLog } from '../../lib/browser/event-log.ts';
import { downloadText } from '../../lib/browser/file-download.ts';
import { keepsFilesApart } from '../../lib/browser/files-apart.ts';
import { createIdentity } from '../../lib/browser/identity.ts';
import { openMirror } from '../../lib/browser/mirror.ts';
import { openPictures } from '../../lib/browser/pictures.ts';
import { createRunStore } from '../../lib/browser/run-store.ts';
import { listRuns, runName } from '../../lib/browser/runs.ts';
import { makeChecklist } from '../../lib/core/papers/checklist.ts';
import type { Paper } from '../../lib/core/papers/paper.ts';
import { sheetStyle } from '../../lib/core/papers/paper-style.ts';
import { makePlan, windowFault } from '../../lib/core/papers/plan.ts';
import { isPlanField, readPlan, readPlanField } from '../../lib/core/papers/plan-fields.ts';
import { askedPlanInputs, planInputs } from '../../lib/core/papers/plan-inputs.ts';
import { makeRecord } from '../../lib/core/papers/record.ts';
import { toCsv } from '../../lib/core/papers/to-csv.ts';
import { controlWords, paperFile, paperHtml } from '../../lib/core/papers/to-html.ts';
import { planCalendar } from '../../lib/core/papers/to-ics.ts';
import { toMarkdown } from '../../lib/core/papers/to-markdown.ts';
import { aboutOf, allEvidence, eventsOf } from '../../lib/core/run/account.ts';
import { dataAddress } from '../../lib/core/run/base64.ts';
import { fingerprintOf, shortFingerprint } from '../../lib/core/run/fingerprint.ts';
import { secretInputs } from '../../lib/core/run/secrets.ts';
import type { Runbook } from '../../lib/core/runbook/model.ts';
import { inputsOf, readInput } from '../../lib/core/sheet/inputs.ts';
import { makeSheet } from '../../lib/core/sheet/sheet.ts';
import { fileButton, offerFile } from './desk/files.ts';
import { box, line as words, row } from './desk/ui.ts';
import { find, findAll, make, say } from './dom.ts';
import { openPageFrame } from './frame.ts';
import { needTemporal } from './need-times.ts';

const { announce } = globalThis.ringbook;
openPageFrame();

/** What the build wrote into the page. */
function readRunbook(text: string): Runbook {
  // Compiled and checked by the build; nobody else writes it.
  return JSON.parse(text) as Runbook;
}

const APART =
  'Opened as a file, Firefox keeps what you do on each page with that page alone. For the papers of a run choose Run, Save to a file, on the page of the runbook, and open that file here.';

function openPapers(page: HTMLElement, runbook: Runbook): void {
  const mayKeep = (id: string): boolean => !secretInputs.has(id);
  const log = openEventLog(() => localStorage, { mayKeep, page: window, mirror: openMirror(() => indexedDB) });
  const wanted = new URLSearchParams(location.search).get('run') ?? undefined;
  const { clock, ids } = createIdentity();
  const store = createRunStore({ log, runbook, runId: wanted, clock, ids });
  const pictures = openPictures();
  const fields = inputsOf([...runbook.inputs, ...planInputs(runbook)]);

  const shown = find(page, '[data-paper]');
  const form = find(page, '[data-plan-fields] form');
  const said = find(page, '[data-said]');
  const alarm = find(page, '[data-alarm]');
  const footer = new CSSStyleSheet();
  document.adoptedStyleSheets.push(footer);
  const seenPictures = new Map<string, string>();
  let paper: Paper | undefined;

  const kind = (): string => find(page, 'input[name="paper"]:checked')?.getAttribute('value') ?? 'plan';
  const raw = (): Readonly<Record<string, string>> => Object.fromEntries(store.values());
  const printed = (): string => clock().slice(0, 16).replace('T', ' ');
  /** The number of the change is asked once: at the start of the run, or here. */
  const withAbout = (values: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
    const { change = '', title = '' } = aboutOf(store.$state.get());
    return { ...(change && { planChangeNumber: change }), ...(title && { planTitle: title }), ...withoutEmpty(values) };
  };

  function context() {
    const values = raw();
    const today = clock().slice(0, 10);
    const runId = store.runId();
    const state = store.$state.get();
    return {
      filling: { sheet: makeSheet(values, fields, { today }), today },
      answers: readPlan(withAbout(values)).answers,
      printed: printed(),
      fingerprint: runId ? shortFingerprint(fingerprintOf(runId, eventsOf(state))) : '',
      state,
      pictures: seenPictures,
    };
  }

  let isWaiting = false;
  let drawn = '';
  /** At most once a frame, however many keys, ticks and tabs ask for it. */
  function drawSoon(): void {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      draw();
    });
  }

  function draw(): void {
    const which = kind();
    const given = context();
    paper =
      which === 'record'
        ? makeRecord(runbook, given)
        : which === 'checklist'
          ? makeChecklist(runbook, given)
          : makePlan(runbook, given);
    const markup = paperHtml(paper).toString();
    // What stands there already is left alone, and with it what a reader selected in it.
    if (shown && markup !== drawn) {
      // eslint-disable-next-line no-restricted-properties -- Made by `html`, which escapes every value.
      shown.innerHTML = markup;
      footer.replaceSync(sheetStyle(controlWords(paper.control)));
      drawn = markup;
    }
    const calendar = find(page, '[data-form="ics"]');
    if (calendar) calendar.hidden = which !== 'plan';
    const asks = find(page, '[data-plan-fields]');
    if (asks) asks.hidden = which !== 'plan';
    const asked = askedPlanInputs(runbook, given.filling.sheet);
    for (const place of findAll(page, '[data-plan-field][data-for]')) {
      place.classList.toggle('is-shown', asked.has(place.dataset['planField'] ?? ''));
    }
    const count =
      Object.keys(given.answers).length + [...asked].filter((id) => given.filling.sheet[id]?.state === 'given').length;
    say(find(page, '[data-plan-count]'), count ? `${count} filled in` : '');
  }

  // --- What only people know ------------------------------------------------------------------------------------
  const controls = form ? findAll(form, 'input, select, textarea') : [];
  const isControl = (element: Element): element is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement =>
    element instanceof HTMLInputElement ||
    element instanceof HTMLSelectElement ||
    element instanceof HTMLTextAreaElement;

  /** What is wrong with the text of a field; empty where nothing is. */
  function faultOf(name: string, text: string): string {
    if (!isPlanField(name)) {
      const reading = readInput(name, text);
      return reading.state === 'wrong' ? reading.message : '';
    }
    const reading = readPlanField(name, text);
    if (!reading.ok) return reading.why;
    return name === 'planEndTime' ? windowFault(readPlan(withAbout(raw())).answers) : '';
  }

  function judge(control: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement): void {
    const place = control.closest<HTMLElement>('[data-plan-field]');
    if (!place) return;
    const sentence = faultOf(control.name, control.value);
    let error = find(place, '.rb-field__error');
    if (!error && sentence) {
      error = make('p', { class: 'rb-field__error', id: `${control.id}-error` });
      place.append(error);
      control.setAttribute('aria-describedby', `${control.id}-hint ${control.id}-error`);
    }
    say(error, sentence);
    if (error) error.hidden = !sentence;
    place.classList.toggle('is-wrong', Boolean(sentence));
    control.setAttribute('aria-invalid', String(Boolean(sentence)));
  }
  function fillControls(): void {
    const values = withAbout(raw());
    for (const control of controls) {
      if (!isControl(control) || control === document.activeElement) continue;
      const value = values[control.name] ?? '';
      if (control.value !== value) control.value = value;
      if (value) judge(control);
    }
  }
  form?.addEventListener('input', ({ target }) => {
    if (target instanceof Element && isControl(target)) store.typeValue(target.name, target.value);
  });
  form?.addEventListener('change', ({ target }) => {
    if (!(target instanceof Element) || !isControl(target)) return;
    const answer = store.setValue(target.name, target.value);
    if (!answer.saved) tell(answer.why);
    judge(target);
    drawSoon();
  });
  // What came from another tab while somebody was in this field.
  form?.addEventListener('focusout', () => setTimeout(fillControls));
  form?.addEventListener('submit', (event) => event.preventDefault());

  // --- Which run ------------------------------------------------------------------------------------------------
  const choice = find(page, '[data-run-choice]');
  const line = find(page, '[data-run-line]');
  choice?.addEventListener('change', () => {
    store.show((choice instanceof HTMLSelectElement && choice.value) || undefined);
    showRun();
  });
  function paintChoice(): void {
    const runs = listRuns(log).filter((run) => run.runbook === runbook.id);
    if (!line || !(choice instanceof HTMLSelectElement) || runs.length === 0) return;
    line.hidden = false;
    const options = [
      ['', 'No run: values typed before one was started'] as const,
      ...runs.map((run) => [run.id, `${runName(run)}${run.isFinished ? ' (finished)' : ''}`] as const),
    ];
    const isSame =
      options.map(([, name]) => name).join('\n') ===
      findAll(choice, 'option')
        .map((each) => each.textContent)
        .join('\n');
    // An open list of choices would close.
    if (!isSame) choice.replaceChildren(...options.map(([value, name]) => make('option', { value }, name)));
    choice.value = store.runId() ?? '';
  }
  let shownRun: string | undefined;
  function showRun(): void {
    const id = store.runId();
    shownRun = id;
    paintChoice();
    const back = find(page, '[data-back]');
    back?.setAttribute('href', `${back.getAttribute('href')?.replace(/\?.*$/, '') ?? ''}${id ? `?run=${id}` : ''}`);
    fillControls();
    draw();
    void fetchPictures();
  }

  // --- A run that is not here ------------------------------------------------------------------------------------
  const isApart = keepsFilesApart(location, navigator.userAgent);
  const isMissing = wanted === undefined ? isApart && store.runId() === undefined : store.runId() !== wanted;
  if (line && isMissing) {
    const offerPlace = make('div', { class: 'rb-offer', hidden: '' });
    const take = (file: Blob): void =>
      void offerFile(
        { log, pictures, announce },
        file,
        offerPlace,
        (saved) => {
          if (saved.runbook.id === runbook.id) location.search = `?run=${saved.run}`;
          else tell(`That is a run of “${saved.runbook.title}”. Its papers are on a page of their own.`);
        },
        () => undefined,
      );
    line.after(
      box(
        'div',
        'rb-callout rb-papers__missing rb-screen',
        words(
          isApart ? APART : 'The run that the address names is not in this browser. Open its save file for its papers.',
        ),
        row(fileButton('Open a save file', take)),
        offerPlace,
      ),
    );
  }

  /** Pictures come from a slower store; the record is drawn again once they are here. */
  async function fetchPictures(): Promise<void> {
    const runId = store.runId();
    if (!runId) return;
    let isNew = false;
    for (const { event } of allEvidence(store.$state.get())) {
      const { picture } = event.data;
      if (!picture || seenPictures.has(picture.sha256)) continue;
      const bytes = await pictures.get(runId, picture.sha256).catch(() => undefined);
      if (!bytes) continue;
      seenPictures.set(picture.sha256, dataAddress(bytes, picture.type));
      isNew = true;
    }
    if (isNew) drawSoon();
  }

  // --- Handing out ----------------------------------------------------------------------------------------------
  const tell = (words: string): void => {
    say(said, words);
    announce(words);
  };
  const nameOf = (ending: string): string => `${runbook.id}-${kind()}-${clock().slice(0, 10)}.${ending}`;

  const save = (text: string, ending: string): void => downloadText(nameOf(ending), text);

  for (const button of findAll(page, '[data-form]')) {
    button.addEventListener('click', () => {
      draw();
      if (!paper) return;
      const ending = button.dataset['form'] ?? '';
      if (ending === 'ics') {
        const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
        const calendar = planCalendar(runbook, context(), stamp);
        if (!calendar.ok) {
          find(page, '[data-plan-fields]')?.setAttribute('open', '');
          tell(`${calendar.why}.`);
          return;
        }
        save(calendar.value, ending);
      } else if (ending === 'csv') save(toCsv(paper), ending);
      else if (ending === 'md') save(toMarkdown(paper), ending);
      else save(paperFile(paper), ending);
      tell(`Saved as ${nameOf(ending)}, in the folder for downloads.`);
    });
  }
  find(page, '[data-print]')?.addEventListener('click', () => {
    draw();
    print();
  });
  addEventListener('beforeprint', draw);

  for (const radio of findAll(page, 'input[name="paper"]')) radio.addEventListener('change', draw);
  store.$saving.subscribe((saving) => {
    const words = saving.state === 'not-saved' ? saving.why : '';
    if (alarm) alarm.hidden = !words;
    say(alarm, words);
  });
  addEventListener('beforeunload', (event) => {
    if (store.$saving.get().state === 'not-saved') event.preventDefault();
  });
  store.onChange(() => {
    if (store.runId() !== shownRun) return showRun();
    fillControls();
    drawSoon();
    void fetchPictures();
  });
  log.onArrival(paintChoice);
  const from = location.hash.slice(1);
  const first = find(page, `input[name="paper"][value="${CSS.escape(from)}"]`);
  if (first instanceof HTMLInputElement) first.checked = true;
  showRun();
}

const withoutEmpty = (values: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));

const main = find(document, '[data-papers]');
const data = find(document, '[data-runbook-data]');
if (main && data) needTemporal(() => openPapers(main, readRunbook(data.textContent)));
