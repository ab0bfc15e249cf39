/**
 * The live calculators of one page, loaded once everything that one of them needs is given. It hands them to the script that
 * asked, through the one global.
 */
import { calculators } from 'ringbook:calculators';
import { createCalculatorView } from './calculator-view.ts';
import type {} from './shared.ts';

globalThis.ringbook.openCalculators = (root, wordsFor) => createCalculatorView(root, calculators, wordsFor);
