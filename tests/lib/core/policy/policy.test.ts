import { describe, expect, it } from 'vitest';
import { Policy } from '../../../../src/lib/core/policy/policy.ts';
import { policyNamed } from './support/catalogue.ts';

const order = policyNamed('order-of-sources');
const targeting = policyNamed('client-side-targeting');
const element = { ...order.elements[0] };

describe('the schema of a policy', () => {
  it.each<readonly [what: string, content: unknown, message: string]>([
    [
      'a misspelt key',
      { ...order, notConfigured: { ...order.notConfigured, efect: 'x' } },
      'Take out `efect`; the keys here are effect.',
    ],
    ['a bare word for an object', { ...order, enabled: 'yes' }, 'Give an object in braces.'],
    [
      'a key with its hive',
      { ...order, key: 'HKLM\\SOFTWARE\\Policies\\X' },
      'A key has no hive and begins with SOFTWARE\\Policies\\.',
    ],
    [
      'a generation that is left out',
      { ...order, places: order.places.slice(1) },
      'Name each generation of the template once, in `places` or in `notSeenIn`.',
    ],
    [
      'a generation that is named twice',
      { ...order, notSeenIn: ['windows-defender'] },
      'Name each generation of the template once, in `places` or in `notSeenIn`.',
    ],
    [
      'a generation of the other template',
      { ...targeting, places: [{ generations: ['windows-defender'], path: ['Windows Update'], title: 'x' }] },
      'Name each generation of the template once, in `places` or in `notSeenIn`.',
    ],
    [
      'an unknown generation',
      { ...order, notSeenIn: ['vista'] },
      'Name a Defender template generation, or `older` or `current` for Windows Update.',
    ],
    [
      'two elements with one id',
      { ...order, elements: [element, { ...element, valueName: 'Other' }] },
      'Give each element an id of its own.',
    ],
    [
      'one value that is written twice',
      { ...order, elements: [element, { ...element, id: 'again', valueName: 'FALLBACKORDER' }] },
      'Each registry value is written by one element or one fixed write.',
    ],
    [
      'text in a REG_DWORD',
      { ...order, elements: [{ ...element, type: 'REG_DWORD' }] },
      'Whole numbers and choices are REG_DWORD, everything else is REG_SZ.',
    ],
    [
      'a label for an element that is not there',
      { ...order, elements: [{ ...element, id: 'other' }] },
      '`labels` names an element that the policy does not have.',
    ],
    [
      'half a sentence as effect',
      { ...order, notConfigured: { effect: 'nothing' } },
      '`effect` is a whole sentence: a capital first, a full stop last.',
    ],
    ['no source', { ...order, sources: [] }, 'Name at least one source.'],
    [
      'a source without https',
      { ...order, sources: [{ cite: 'x', url: 'http://example.com' }] },
      'Give each source a web address that begins with https://.',
    ],
    ['a missing title', { ...order, places: [{ ...order.places[0], title: undefined }] }, 'Give `title` as text.'],
    [
      'a rule that nobody knows',
      { ...order, elements: [{ ...element, data: { is: 'colour' } }] },
      '`is` must be sources, shares, url, group-names, text, whole-number or choice.',
    ],
  ])('says what is wrong with %s', (_, content, message) => {
    const { error } = Policy.safeParse(content);
    expect(error?.issues.map((issue) => issue.message)).toContain(message);
  });
});
