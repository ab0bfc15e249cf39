/** The frames that runbook content shares: a command with its copy button, and a path of clicks. */
import type { Command } from '../commands/command.ts';
import { html, type Html } from './html.ts';

const shellNames = { powershell: 'PowerShell', cmd: 'Command Prompt' } as const;

/** The frame of a command: what it is for, where it runs, a place for the copy button, and the text. */
export const commandFrame = (shell: Command['shell'], where: string | undefined, code: Html | string): Html =>
  html`<figure class="rb-command" data-shell="${shell}"><figcaption>${shellNames[shell]}${where ? ` · ${where}` : ''}<button type="button" class="rb-button rb-copy">Copy</button></figcaption><pre><code>${code}</code></pre></figure>`;

/** Where to click, outermost first. */
export const clickPath = (steps: readonly string[]): Html =>
  html`<span class="rb-path">${steps.map((step, index) => html`${index > 0 && ' › '}<b>${step}</b>`)}</span>`;

/** The frame of a text to copy that is no command. */
export const textFrame = (label: string, text: string): Html =>
  html`<figure class="rb-command"><figcaption><span>${label}</span><button type="button" class="rb-button rb-copy">Copy</button></figcaption><pre><code>${text}</code></pre></figure>`;

/**
 * The frame of a file to save, with what is in it where that is text.
 *
 * @param place Which of the page's files it is; the page's script has the bytes.
 */
export const fileFrame = (place: number, fileName: string, size: number, text: string | undefined): Html =>
  html`<figure class="rb-command"><figcaption><span>File · <b>${fileName}</b> · ${size} bytes</span><button type="button" class="rb-button" data-save="${place}">Save<span class="rb-unseen"> ${fileName}</span></button></figcaption>${text !== undefined && html`<pre><code>${text.replaceAll('\r\n', '\n')}</code></pre>`}</figure>`;
