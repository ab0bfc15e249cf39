/**
 * The synchronization schedule as content of a runbook: facts and commands with holes that the sheet of the page fills.
 */
import type { CommandPart } from '../commands/command.ts';
import type { Block, Inline } from '../runbook/model.ts';

/** A template of ours, holes as `{{name}}`; each stands as a whole argument, which a test of every template holds. */
const parts = (source: string): CommandPart[] =>
  source
    .split(/\{\{(\w+)\}\}/)
    .flatMap((piece, index): CommandPart[] => (index % 2 ? [{ of: piece }] : piece ? [{ text: piece }] : []));

const paragraph = (value: string): Block => ({ type: 'paragraph', children: [{ type: 'text', value }] });
const words = (value: string): Inline[] => [{ type: 'text', value }];
const value = (of: string): Inline[] => [{ type: 'value', of }];

// ToUniversalTime() uses the zone of the machine that runs it, so the commands belong on the server itself.
const where = 'the WSUS server, Windows PowerShell as administrator';
const command = (title: string, source: string, why: string): Block[] => [
  { type: 'paragraph', children: [{ type: 'strong', children: words(title) }] },
  { type: 'command', shell: 'powershell', parts: parts(source), where },
  paragraph(why),
];

/**
 * One script block, so that a console that takes pasted text line by line still stops at the first error. `Save()` fails
 * while a synchronization runs (https://learn.microsoft.com/previous-versions/windows/desktop/ms820579(v=msdn.10)).
 */
const changing = (change: string): string => `& {
  $ErrorActionPreference = 'Stop'
  $wsus = Get-WsusServer
  $subscription = $wsus.GetSubscription()
  if ("$($subscription.GetSynchronizationStatus())" -ne 'NotProcessing') {
    throw 'A synchronization is running, and the schedule cannot be saved until it has finished. Nothing was changed.'
  }
${change}
}`;

/** What `<SyncTimes />` stands for. */
export function syncTimesBlocks(): Block[] {
  return [
    {
      type: 'when',
      when: { input: 'syncMode', is: ['automatic'] },
      children: [
        {
          type: 'table',
          head: [words('Schedule'), words('What WSUS does with it')],
          rows: [
            [words('Earliest starts, local time'), value('syncTimesLocal')],
            [words('Earliest starts, UTC'), value('syncTimesUtc')],
            [words('Latest starts'), words('Each of these plus a random offset.')],
            [words('From one to the next'), value('syncSpacing')],
            [words('Stored by WSUS, UTC'), value('storedUtc')],
            [words('Next clock change'), value('clockChange')],
          ],
        },
        {
          type: 'callout',
          kind: 'note',
          children: [
            paragraph(
              'WSUS adds a random offset to each scheduled time, to spread the load on Microsoft Update. Microsoft does not ' +
                'document its size, nor whether a server below another WSUS server adds it; a third-party text on an old ' +
                'version says up to 30 minutes. Unconfirmed: plan with 30 minutes, and read the next time from the server.',
            ),
          ],
        },
      ],
    },
    ...command(
      'Record the present schedule',
      `(Get-WsusServer).GetSubscription() |
  Format-List 'SynchronizeAutomatically', 'SynchronizeAutomaticallyTimeOfDay', 'NumberOfSynchronizationsPerDay'`,
      'It changes nothing. To undo, set these three back and save; the recorded time of day is in UTC already.',
    ),
    {
      type: 'when',
      when: { input: 'syncMode', is: ['automatic'] },
      children: command(
        'Set and verify the schedule later, without the wizard',
        changing(`  $subscription.SynchronizeAutomatically = $true
  $subscription.SynchronizeAutomaticallyTimeOfDay = ([datetime]::Today + [timespan]{{firstSync}}).ToUniversalTime().TimeOfDay
  $subscription.NumberOfSynchronizationsPerDay = {{syncsPerDay}}
  $subscription.Save()
  $saved = $wsus.GetSubscription()
  if ($saved.SynchronizeAutomaticallyTimeOfDay -ne [timespan]{{storedUtc}}) {
    Write-Warning "WSUS stored $($saved.SynchronizeAutomaticallyTimeOfDay) UTC, which is not what the runbook worked out."
    Write-Warning 'Either this server is in another time zone, or the clocks have changed since.'
  }
  $saved.GetNextSynchronizationTime().ToLocalTime()`),
        'It shows the next synchronization in local time: one of the times above, plus the random offset. A warning means that ' +
          'server and sheet disagree about the time zone.',
      ),
    },
    {
      type: 'when',
      when: { input: 'syncMode', is: ['manual'] },
      children: command(
        'Turn the schedule off later, without the wizard',
        changing(`  $subscription.SynchronizeAutomatically = $false
  $subscription.Save()
  $wsus.GetSubscription() | Format-List 'SynchronizeAutomatically'`),
        'It shows False. From then on someone must start each synchronization.',
      ),
    },
  ];
}
