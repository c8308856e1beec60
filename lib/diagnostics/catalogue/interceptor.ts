export const INTERCEPTOR = {};
