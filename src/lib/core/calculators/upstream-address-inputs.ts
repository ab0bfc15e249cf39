/** Inputs of the upstream address: all of them are in the vocabulary already. */
import type { Input } from '../sheet/inputs.ts';

export const upstreamAddressInputs: Readonly<Record<string, Omit<Input, 'id'>>> = {};
