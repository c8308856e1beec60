export const COMMAND = {};
