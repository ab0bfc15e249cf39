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
