export const TARGET = {};
