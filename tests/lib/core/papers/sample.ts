/** A small runbook with everything a paper has to show: a branch, a wait, a gate, a way back, a policy, a value in a command. */
import { inputsOf } from '../../../../src/lib/core/sheet/inputs.ts';
import { makeSheet, type Sheet } from '../../../../src/lib/core/sheet/sheet.ts';
import type { Runbook } from '../../../../src/lib/core/runbook/model.ts';
import { compiled, file } from '../../../support/compile.ts';

export const runbook: Runbook = compiled(
  file(
    `Read this first: <Value of="wsusServer" />.

<Task id="begin" title="Begin the work">

<Step id="look" tier={1} minutes={5}>
Look at the server <Value of="wsusServer" />.

\`\`\`powershell where="the server"
Get-GPO -Name {{productionGpo}}
\`\`\`

<Expect>It answers, see <Value of="wsusServer" />.</Expect>
<IfNot>Go to [the way back](#back).</IfNot>
<Wait minutes={10} upTo={20}>It takes a while.</Wait>
<Evidence>The time.</Evidence>
<Escalate to={3} after={30}>Send the time.</Escalate>
</Step>

<When input="useProxy" is="yes">
<Step id="proxy" tier={2} minutes={2}>
Enter the proxy <Value of="proxyServer" />.

<Expect>It is **accepted**.</Expect>
<Undo>Clear it.</Undo>
</Step>
</When>

<Gate id="may-go-on" title="May we go on" tier={3} minutes={10}>
<Criterion id="no-incident">No incident is open.</Criterion>
<Criterion id="soaked">It soaked for <Value of="soakHours" /> hours.</Criterion>
</Gate>

<Step id="set" tier={3} minutes={20}>
Set the order of sources.

<Policy id="order-of-sources" state="enabled" to="MMPC" gpo="productionGpo" />

<Expect>It is set.</Expect>
</Step>
</Task>

<Task id="return" title="Go back" role="backout">
<Step id="back" tier={3} minutes={15}>
Put it back.

<Expect>It is as it was.</Expect>
</Step>
</Task>`,
    {
      ring: 'production',
      inputs: ['wsusServer', 'productionGpo', 'useProxy', 'proxyServer', 'soakHours', 'templates'],
    },
  ),
  'sample',
);

export const fields = inputsOf(runbook.inputs);

export const given = {
  wsusServer: 'wsus2.contoso.com',
  productionGpo: "Bob's ring",
  useProxy: 'no',
  soakHours: '12',
  templates: 'microsoft-defender-antivirus',
};

export const sheetOf = (raw: Readonly<Record<string, string>>): Sheet =>
  makeSheet(raw, fields, { today: '2026-11-20' });

export const contextOf = (raw: Readonly<Record<string, string>>, answers: Readonly<Record<string, string>> = {}) => ({
  filling: { sheet: sheetOf(raw), today: '2026-11-20' },
  answers,
  printed: '2026-11-20 21:00',
});

export const window = {
  planStartDate: '2026-10-24',
  planStartTime: '22:00',
  planEndDate: '2026-10-25',
  planEndTime: '06:00',
  planZone: 'Europe/Berlin',
};
