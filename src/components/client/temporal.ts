/** Loaded only by browsers that lack Temporal. */
import { Temporal as polyfill } from 'temporal-polyfill';

globalThis.Temporal ??= polyfill as unknown as typeof Temporal;
