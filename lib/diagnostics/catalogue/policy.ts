export const POLICY = {};
