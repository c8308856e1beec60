export const IDENTITY = {};
