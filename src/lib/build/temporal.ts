/** Gives Node the global that core computes times with; Node 24 has no Temporal of its own. Import it for its effect. */
import { Temporal as polyfill } from 'temporal-polyfill';

// The polyfill's types and the language's are two descriptions of one specification.
globalThis.Temporal ??= polyfill as unknown as typeof Temporal;
