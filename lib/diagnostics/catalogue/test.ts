export const TEST = {};
