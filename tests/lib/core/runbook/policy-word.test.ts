import { describe, expect, test } from 'vitest';
import { codesOf, fileWithStep, outlineOfBlocks, problemsOf, stepWith } from '../../../support/compile.ts';

describe('<Policy>', () => {
  test('compiles to what to choose, what it writes and how to do it by command', () => {
    const { body } = stepWith(
      '<Policy id="order-of-sources" state="enabled" to="{{productionOrder}}" gpo="productionGpo" />',
      ['productionOrder', 'productionGpo', 'templates'],
    );

    expect(outlineOfBlocks(body)).toMatchInlineSnapshot(`
      "policy order-of-sources enabled
        windows-defender: Define the order of sources for downloading definition updates
        windows-defender-antivirus: Define the order of sources for downloading definition updates
        windows-defender-antivirus-1903: Define the order of sources for downloading security intelligence updates
        microsoft-defender-antivirus: Define the order of sources for downloading security intelligence updates
        FallbackOrder REG_SZ {{productionOrder}}
        Set-GPRegistryValue -Name {{productionGpo}} -Key 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates' -ValueName 'FallbackOrder' -Type String -Value {{productionOrder}}"
    `);
  });

  test('takes fixed text, and the name of an element in place of `to`', () => {
    const fixed = stepWith('<Policy id="order-of-sources" to="MMPC" />', ['templates']).body;

    expect(outlineOfBlocks(fixed)).toContain('FallbackOrder REG_SZ MMPC');
    expect(stepWith('<Policy id="order-of-sources" state="enabled" order="MMPC" />', ['templates']).body).toEqual(
      fixed,
    );
  });

  test('needs `templates` where the way depends on them, and says why', () => {
    expect(problemsOf(fileWithStep('<Policy id="order-of-sources" state="disabled" />'))).toMatchInlineSnapshot(`
      "19:1  The input \`templates\` is used here through \`Policy\`, but the front matter does not list it.
            Add \`templates\` to \`inputs\`, where the sheet should ask for it. (unlisted-input)"
    `);
    expect(problemsOf(fileWithStep('<Policy id="no-internet-locations" state="enabled" />'))).toBe('');
  });

  test('needs them for a setting that only one generation has, too', () => {
    expect(codesOf(fileWithStep('<Policy id="vdi-shared-location" state="disabled" />'))).toEqual(['unlisted-input']);
  });

  test.each([
    ['a state that is none', 'id="order-of-sources" state="on"', ['attribute-value']],
    ['a state that is empty', 'id="order-of-sources" state=""', ['attribute-value']],
    ['data that is empty', 'id="order-of-sources" to', ['attribute-value']],
    ['text around a value', 'id="order-of-sources" to="MMPC|{{productionOrder}}"', ['attribute-value']],
    ['an element that is none', 'id="order-of-sources" sources="MMPC"', ['unknown-attribute']],
    ['`to` with several elements', 'id="intranet-update-service" to="http://wsus:8530"', ['unknown-attribute']],
    ['`to` without elements', 'id="no-internet-locations" to="1"', ['unknown-attribute']],
    ['a source that is none', 'id="order-of-sources" to="MMPC|FileShare"', ['policy-data']],
    ['no data', 'id="order-of-sources" state="enabled"', ['policy-data']],
    ['data where it is disabled', 'id="order-of-sources" state="disabled" to="MMPC"', ['policy-data']],
    ['a secret', 'id="order-of-sources" to="{{proxyPassword}}"', ['secret-in-command']],
    ['a value that nobody gives', 'id="order-of-sources" to="{{nobody}}"', ['unknown-value']],
    ['an object that nobody names', 'id="order-of-sources" to="MMPC" gpo="nobody"', ['unknown-value']],
  ])('with %s is one problem', (_, attributes, codes) => {
    const inputs = ['templates', 'productionOrder', 'proxyPassword'].filter(
      (name) => name === 'templates' || attributes.includes(name),
    );

    expect(codesOf(fileWithStep(`<Policy ${attributes} />`, inputs)).filter((code) => code !== 'unused-input')).toEqual(
      codes,
    );
  });

  test('keeps fixed data to the letter', () => {
    const { body } = stepWith('<Policy id="client-side-targeting" to="Ring  3" />');

    expect(outlineOfBlocks(body)).toContain('TargetGroup REG_SZ Ring  3');
  });

  describe('in Intune', () => {
    test('compiles to the name in the Settings Catalog, address and value, and asks for no templates', () => {
      const { body } = stepWith('<Policy id="order-of-sources" to="{{productionOrder}}" in="intune" />', [
        'productionOrder',
      ]);

      expect(outlineOfBlocks(body)).toMatchInlineSnapshot(`
        "policy order-of-sources enabled
          Intune: Defender > Signature Update Fallback Order, ./Device/Vendor/MSFT/Policy/Config/Defender/SignatureUpdateFallbackOrder String {{productionOrder}}"
      `);
    });

    test('says which value stands for Not Configured, or that the setting is taken out', () => {
      expect(
        outlineOfBlocks(
          stepWith(
            '<Policy id="engine-update-channel" state="not-configured" in="intune" />\n\n' +
              '<Policy id="file-shares" state="not-configured" in="intune" />',
          ).body,
        ),
      ).toMatchInlineSnapshot(`
        "policy engine-update-channel not-configured
          Intune: Defender > Engine Updates Channel, ./Device/Vendor/MSFT/Defender/Configuration/EngineUpdatesChannel Integer 0 Not configured (Default)
        policy file-shares not-configured
          Intune: Defender > Signature Update File Shares Sources, ./Device/Vendor/MSFT/Policy/Config/Defender/SignatureUpdateFileSharesSources not there"
      `);
    });

    test.each([
      ['a Group Policy Object beside it', 'id="order-of-sources" to="MMPC" gpo="productionGpo" in="intune"'],
      ['another place', 'id="order-of-sources" to="MMPC" in="jamf"'],
      ['a policy that MDM does not have', 'id="detection-frequency" hours="4" in="intune"'],
      ['Disabled where MDM has none', 'id="file-shares" state="disabled" in="intune"'],
    ])('with %s is one problem', (_, attributes) => {
      const inputs = attributes.includes('gpo') ? ['productionGpo'] : [];

      expect(problemsOf(fileWithStep(`<Policy ${attributes} />`, inputs))).toMatchSnapshot();
    });

    test('means something else than the same setting by Group Policy', () => {
      const hashOf = (attributes: string): string =>
        stepWith(`<Policy id="order-of-sources" ${attributes} />`, attributes.includes('in=') ? [] : ['templates'])
          .hash;

      expect(hashOf('to="MMPC" in="intune"')).not.toBe(hashOf('to="MMPC"'));
      expect(hashOf('to="MMPC" in="intune"')).not.toBe(hashOf('to="FileShares" in="intune"'));
    });
  });
});
