export const EMULATOR = {};
