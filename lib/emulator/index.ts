// The public surface of `governed-gateway/emulator`, by name.

export { DEFAULT_PORT } from '../contract/loopback';
export type { CallRecord, StageName } from './call-record';
export { type Emulator, startEmulator } from './emulator';
export type { TokenSubject } from './identity/token-for';
export { LOCAL_PASSWORD, type LocalClient } from './identity/users';
export type { EmulatorOptions, EmulatorSwitches } from './options';
