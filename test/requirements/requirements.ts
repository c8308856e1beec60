import { ASSUMPTIONS } from './assumptions';
import { GATEWAY } from './gateway';
import { IDENTITY } from './identity';
import { POLICIES } from './policies';
import type { Requirements } from './requirement';
import { TARGETS } from './targets';

/** Everything that the library relies on of the platform. */
export const REQUIREMENTS: Requirements = { ...POLICIES, ...IDENTITY, ...GATEWAY, ...TARGETS, ...ASSUMPTIONS };

/** Ids of what nobody has seen on a live service yet, nor read in its documentation. */
export const UNPROVEN = Object.keys(REQUIREMENTS).filter((id) => REQUIREMENTS[id]?.proof === 'open');
